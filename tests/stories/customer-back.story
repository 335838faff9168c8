story: a customer who is back within the day goes on as if nothing had been

The customers are copied over at ten; for some hours cano is not among them. It was in the database again before anybody could think
it gone, so it has its turn the next morning, as the same case.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 1 follow-ups a day
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, cano
  acme and cano bought on 2026-01-07, 2026-03-08

when
  2026-06-08 10:00  cano disappears from the database
  2026-06-08 15:00  cano is back in the database

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  cano: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order"
  2026-06-08 10:00  cano: lapse held: missing from the database
  2026-06-09 08:30  mail to anna about cano: "Cano: 93 days without an order"
