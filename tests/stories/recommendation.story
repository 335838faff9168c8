story: a content customer is asked for a recommendation, and not again within a year

The first visit after the delivery finds Acme content, so a week later Anna asks. The next order goes as well; but
nobody is asked again so soon. Bolt is not content, and nobody asks it; Cano has a complaint open, and is asked when that is
closed.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): orders every, steps 3 days
  rule referral: after 7 days, content if happy or glad, again 1 year, repeat 5 days, 1 times
  the story runs from 2026-06-01 to 2026-12-01
  anna sells to acme, bolt, cano
  acme, bolt and cano bought on 2026-05-28, delivered on 2026-06-01

when
  2026-06-04 14:00  anna calls acme: happy
  2026-06-04 14:30  anna calls bolt: cross
  2026-06-04 15:00  anna calls cano: glad
  2026-06-05 09:00  cano complains
  2026-06-15 09:00  anna calls acme
  2026-06-16 10:00  the complaint of cano is closed
  2026-07-13 10:00  acme bought on 2026-07-10, delivered on 2026-07-13
  2026-07-16 14:00  anna calls acme: happy

then
  2026-06-04 00:00  acme: service 2026-05-28/1 due since 2026-06-04: day 3, limit 3
  2026-06-04 00:00  bolt: service 2026-05-28/1 due since 2026-06-04: day 3, limit 3
  2026-06-04 00:00  cano: service 2026-05-28/1 due since 2026-06-04: day 3, limit 3
  2026-06-04 08:30  mail to anna about acme: "Acme: service call 1 of 1"
  2026-06-04 08:30  mail to anna about bolt: "Bolt: service call 1 of 1"
  2026-06-04 08:30  mail to anna about cano: "Cano: service call 1 of 1"
  2026-06-04 14:00  acme: service 2026-05-28/1 done: a contact was logged
  2026-06-04 14:30  bolt: service 2026-05-28/1 done: a contact was logged
  2026-06-04 15:00  cano: service 2026-05-28/1 done: a contact was logged
  2026-06-11 00:00  acme: referral 2026-05-28 due since 2026-06-11: day 7, limit 7
  2026-06-11 08:30  mail to anna about acme: "Acme: ask who else might need us"
  2026-06-15 09:00  acme: referral 2026-05-28 done: a contact was logged
  2026-06-16 10:00  cano: referral 2026-05-28 due since 2026-06-11: day 12, limit 7
  2026-06-16 10:00  mail to anna about cano: "Cano: ask who else might need us"
  2026-06-22 08:30  mail to anna about cano: "Reminder: Cano: ask who else might need us", in the thread of 2026-06-16
  2026-07-12 00:00  cano: referral 2026-05-28 unanswered: its time has passed
  2026-07-16 00:00  acme: service 2026-07-10/1 due since 2026-07-16: day 3, limit 3
  2026-07-16 08:30  mail to anna about acme: "Acme: service call 1 of 1"
  2026-07-16 14:00  acme: service 2026-07-10/1 done: a contact was logged
