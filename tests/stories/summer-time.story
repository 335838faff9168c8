story: the nights on which the clocks change

A bakery's office opens at half past two at night. On 29 March that time does not exist: clocks go from two to
three. On 25 October it comes twice. Acme and Bolt become late on these days, and Anna hears once about each.

given
  company in Europe/Oslo, working hours mon-sun 02:30-06:00
  rule lapse: after 30 days
  the story runs from 2026-03-20 to 2026-11-01
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-02-27
  bolt bought on 2026-01-07

when
  2026-04-10 10:00  acme buys
  2026-04-20 10:00  acme asks not to be contacted
  2026-09-25 10:00  bolt buys

then
  2026-03-29 00:00  acme: lapse due since 2026-03-29: day 30, limit 30
  2026-03-29 03:00  mail to anna about acme: "Acme: 30 days without an order"
  2026-04-10 10:00  acme: lapse won: bought on 2026-04-10
  2026-10-25 00:00  bolt: lapse due since 2026-10-25: day 30, limit 30
  2026-10-25 02:30  mail to anna about bolt: "Bolt: 30 days without an order"
