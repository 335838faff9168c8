story: who bought again and was handed over stands in nobody else's digest

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days
  the story runs from 2026-06-02 to 2026-06-09
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-05
  ben sells to cano

when
  2026-06-04 10:00  acme buys
  2026-06-04 10:00  bolt buys
  2026-06-05 10:00  acme belongs to ben

then
  2026-06-03 00:00  acme: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 00:00  bolt: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-03 08:30  mail to anna about bolt: "Bolt: 90 days without an order"
  2026-06-04 10:00  acme: lapse won: bought on 2026-06-04
  2026-06-04 10:00  bolt: lapse won: bought on 2026-06-04
  2026-06-08 08:30  weekly digest to anna by email: 1 won
  2026-06-08 08:30  mail to anna: "Your week: 1 won back", won bolt
