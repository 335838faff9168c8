story: a salesperson in another time zone is told in the morning there

The company's day decides who is late, Bangkok's morning when Somchai hears.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  somchai sells to acme, bolt
  somchai lives in Asia/Bangkok
  acme bought on 2026-01-07, 2026-03-08
  bolt bought on 2026-01-07, 2026-03-11

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 03:30  mail to somchai about acme: "Acme: 92 days without an order"
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 03:30  mail to somchai about bolt: "Bolt: 90 days without an order"
