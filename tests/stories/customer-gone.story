story: a customer who is gone from the database is held for a day, then withdrawn

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 1 follow-ups a day
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme, bolt, cano
  acme, bolt and cano bought on 2026-01-07, 2026-03-08

when
  2026-06-08 15:00  bolt disappears from the database

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  cano: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order"
  2026-06-08 15:00  bolt: lapse held: missing from the database
  2026-06-09 08:30  mail to anna about cano: "Cano: 93 days without an order"
  2026-06-09 15:00  bolt: lapse withdrawn: gone from the database
