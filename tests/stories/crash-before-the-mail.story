story: a crash before the mail has left

Once followupd dies before what it decided is written down, and once after that but before any mail has left. In
the first case nothing has happened. In the second it cannot know that nothing left, and says so.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-13
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-07, 2026-03-11

when
  2026-06-08 08:30  followupd crashes before it has written down what it does
  2026-06-09 08:29  followupd crashes when a mail is about to leave

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 08:30  bolt: message unknown: followupd stopped before the answer came
  2026-06-09 08:31:04  bolt: message tried again with the same bytes
  2026-06-09 08:31:04  mail to anna about bolt: "Bolt: 90 days without an order"
