story: a purchase that was entered late is no win of ours

Acme had bought before Anna was told; the invoice was only entered afterwards.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 2 times
  the story runs from 2026-06-05 to 2026-07-01
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

when
  2026-06-10 11:00  acme bought on 2026-06-04

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order"
  2026-06-10 11:00  acme: lapse withdrawn: bought on 2026-06-04
