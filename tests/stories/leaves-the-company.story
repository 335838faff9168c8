story: the owner leaves the company between the message and the reminder

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 2 times
  the story runs from 2026-06-08 to 2026-07-30
  anna sells to acme
  eva is the manager of anna
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-10 10:00  anna leaves the company
  2026-06-18 10:00  acme belongs to ben

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-15 08:30  mail to eva about acme: "Acme: 90 days without an order", after Anna
  2026-06-22 08:30  mail to ben about acme: "Acme: 90 days without an order", after Eva
  2026-07-22 00:00  acme: lapse unanswered
