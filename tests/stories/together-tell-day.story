story: what is told on one day of the week does not join before that day

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  rule review: every 3 months, counting review, tell thursday
  the story runs from 2026-06-08 to 2026-06-13
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10
  anna reviewed acme on 2026-03-08

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-11 08:30  mail to anna about acme: "Acme: account review", proposing 2026-06-16 13:00-14:00
