story: the owner is away: the deputy is told, and without a deputy the manager

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-20
  anna sells to acme
  ben sells to bolt
  cara sells to cano
  dan is the deputy of anna
  eva is the manager of anna
  eva is the manager of ben
  acme and bolt bought on 2026-01-07, 2026-03-08
  cano bought on 2026-01-07, 2026-03-12
  anna is away until 2026-06-12
  ben is away until 2026-06-12
  cara is away until 2026-06-09

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to dan about acme: "Acme: 92 days without an order"
  2026-06-08 08:30  mail to eva about bolt: "Bolt: 92 days without an order"
  2026-06-10 00:00  cano: lapse due since 2026-06-10: day 90, limit 90
  2026-06-10 08:30  mail to cara about cano: "Cano: 90 days without an order"
