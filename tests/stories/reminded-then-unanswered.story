story: a reminder comes in the same thread; then it is unanswered

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 90 days, offer welcome-back, repeat 7 days, 2 times
  the story runs from 2026-06-01 to 2026-08-15
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order", with an offer until 2026-06-22
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 92 days without an order", in the thread of 2026-06-08, with an offer until 2026-06-22
  2026-06-22 08:30  mail to anna about acme: "Reminder: Acme: 92 days without an order", in the thread of 2026-06-08, with an offer until 2026-06-22
  2026-07-22 00:00  acme: lapse unanswered
