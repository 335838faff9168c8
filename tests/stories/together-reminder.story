story: the reminder of one thing comes with the first message of another

The silence was told a week ago. Its reminder is due on the day of the review: the review has the letter, the reminder joins it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  rule review: every 3 months, counting review
  the story runs from 2026-06-01 to 2026-06-10
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-03
  anna reviewed acme on 2026-03-08

then
  2026-06-01 00:00  acme: lapse due since 2026-06-01: day 90, limit 90
  2026-06-01 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 08:30  mail to anna about acme: "Acme: account review", also: "Reminder: No purchase for 90 days; the limit is 90.", proposing 2026-06-11 13:00-14:00
