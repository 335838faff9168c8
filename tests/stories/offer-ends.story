story: an offer ends with its last day, and an expired one never leaves

The offer holds for five days, the reminder comes after seven: the reminder is silent about it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer quick: 10 percent, valid 5 days
  rule lapse: after 90 days, offer quick, repeat 7 days, 1 times
  the story runs from 2026-06-01 to 2026-07-25
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order", with an offer until 2026-06-13
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 92 days without an order", in the thread of 2026-06-08
  2026-07-15 00:00  acme: lapse unanswered
