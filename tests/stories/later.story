story: "later" is a week of silence

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 3 working days, 1 times
  the story runs from 2026-06-08 to 2026-07-25
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-09 10:00  acme is recorded as snoozed

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-16 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-08
  2026-07-16 00:00  acme: lapse unanswered
