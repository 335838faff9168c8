story: the customer gets another salesperson between the message and the reminder

Ben never heard of Acme: he gets the whole letter, not a reminder of what he was never told, and then reminders of his own.
The reminder about Bolt comes while Anna is away: her deputy gets the whole letter, too, and Anna is reminded when she is back.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 2 times, offer welcome
  offer welcome: 10 percent, valid 1 month
  the story runs from 2026-06-05 to 2026-06-30
  anna sells to acme, bolt
  dan is the deputy of anna
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-07, 2026-03-10

when
  2026-06-10 10:00  acme belongs to ben
  2026-06-10 10:00  anna is away until 2026-06-19

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-07-08
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 90 days without an order", with an offer until 2026-07-08
  2026-06-15 08:30  mail to ben about acme: "Acme: 90 days without an order", after Anna, with an offer until 2026-07-08
  2026-06-15 08:30  mail to dan about bolt: "Bolt: 90 days without an order", after Anna, with an offer until 2026-07-08
  2026-06-22 08:30  mail to ben about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-15, with an offer until 2026-07-08
  2026-06-22 08:30  mail to anna about bolt: "Reminder: Bolt: 90 days without an order", in the thread of 2026-06-08, with an offer until 2026-07-08
