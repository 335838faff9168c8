story: a repeat in doubt counts on the day it leaves

One follow-up a day. Acme's mail of Friday is in doubt and is repeated on Monday: that is Monday's, and
Bolt's turn comes on Tuesday.

given
  company in Europe/Oslo, working hours mon-fri 08:30-08:31
  at most 1 follow-ups a day
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  acme and bolt bought 4 times, every 30 days until 2026-03-07 for 100

when
  2026-06-05 08:00  the mail server takes mail and never answers
  2026-06-05 12:00  the mail server works

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 00:00  bolt: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order", but no answer came
  2026-06-05 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:30  acme: message tried again with the same bytes
  2026-06-08 08:30  the same mail again to anna about acme: "Acme: 90 days without an order"
  2026-06-09 08:30  mail to anna about bolt: "Bolt: 94 days without an order"
