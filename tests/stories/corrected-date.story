story: a corrected date moves the case, and nobody hears twice

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-10-01
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

when
  2026-06-10 11:00  the purchase of acme on 2026-03-08 moves to 2026-03-03
  2026-06-11 11:00  the purchase of acme on 2026-03-03 moves to 2026-03-05

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order"
  2026-06-10 11:00  acme: lapse moved from 2026-03-08 to 2026-03-03: the database was corrected
  2026-06-11 11:00  acme: lapse moved from 2026-03-03 to 2026-03-05: the database was corrected
  2026-07-08 00:00  acme: lapse unanswered
