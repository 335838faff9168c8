story: who buys on Sunday is not called on Monday

Acme and Bolt become late on a Saturday. Nobody is written to at the weekend, and on
Monday everything is looked at once more before it leaves.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-20
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-08

when
  2026-06-07 14:00  acme buys

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-07 14:00  acme: lapse withdrawn: bought on 2026-06-07
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 92 days without an order"
