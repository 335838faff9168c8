story: an order is back-dated and a customer merged after the recommendation was asked for

Anna asked Acme and Bolt for a recommendation. Acme's order gets another day, its visit and its referral go with it; Bolt is merged into Cano, which
had the same: nobody is asked again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): orders every, steps 3 days, from ordered
  rule referral: after 7 days, again 1 year
  the story runs from 2026-06-01 to 2026-08-01
  anna sells to acme, bolt, cano
  acme bought on 2026-06-01
  bolt bought on 2026-06-01

when
  2026-06-04 14:00  anna calls acme
  2026-06-04 14:30  anna calls bolt
  2026-06-15 10:00  the purchase of acme on 2026-06-01 moves to 2026-05-31
  2026-06-16 10:00  bolt is merged into cano
  2026-06-18 10:00  the purchase of acme on 2026-05-31 disappears
  2026-06-18 12:00  acme bought on 2026-06-01

then
  2026-06-04 00:00  acme: service 2026-06-01/1 due since 2026-06-04: day 3, limit 3
  2026-06-04 00:00  bolt: service 2026-06-01/1 due since 2026-06-04: day 3, limit 3
  2026-06-04 08:30  mail to anna about acme: "Acme: service call 1 of 1"
  2026-06-04 08:30  mail to anna about bolt: "Bolt: service call 1 of 1"
  2026-06-04 14:00  acme: service 2026-06-01/1 done: a contact was logged
  2026-06-04 14:30  bolt: service 2026-06-01/1 done: a contact was logged
  2026-06-11 00:00  acme: referral 2026-06-01 due since 2026-06-11: day 7, limit 7
  2026-06-11 00:00  bolt: referral 2026-06-01 due since 2026-06-11: day 7, limit 7
  2026-06-11 08:30  mail to anna about acme: "Acme: ask who else might need us"
  2026-06-11 08:30  mail to anna about bolt: "Bolt: ask who else might need us"
  2026-06-15 10:00  acme: referral moved from 2026-06-01 to 2026-05-31: the database was corrected
  2026-06-16 10:00  cano: is also what is remembered of customer bolt
  2026-06-18 10:00  acme: referral 2026-05-31 withdrawn: the database was corrected
  2026-06-18 12:00  acme: referral moved from 2026-05-31 to 2026-06-01: the database was corrected
  2026-06-18 12:00  acme: referral 2026-06-01 open again: what closed it is gone
  2026-07-11 00:00  cano: referral 2026-06-01 unanswered
  2026-07-12 00:00  acme: referral 2026-06-01 unanswered: its time has passed
