story: one of two things is closed while their mail is on its way

Whether the mail came nobody knows, so it is not sent once more with what is wrong by now: the review counts as told, and its reminder
comes in its time.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  rule review: every 3 months, counting review, repeat 7 days, 1 times
  the story runs from 2026-06-08 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10
  anna reviewed acme on 2026-03-08

when
  2026-06-08 08:00  the mail server takes mail and never answers
  2026-06-08 08:30:20  acme buys
  2026-06-08 08:31:30  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", also: "No account review for 92 days; one is due after 3 months. A proposal for your calendar is attached: Thursday 11 June, 13:00–14:00.", proposing 2026-06-11 13:00-14:00, but no answer came
  2026-06-08 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:30:20  acme: lapse withdrawn: bought on 2026-06-08
  2026-06-08 08:30:20  acme: message dropped, possibly delivered before; what else it tells counts as told
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: account review", in the thread of 2026-06-08, moving the meeting to 2026-06-18 13:00-14:00
