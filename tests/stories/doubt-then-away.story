story: a mail in doubt stays in doubt

Whether Anna has it nobody knows, and that the server is away afterwards does not change that: it is repeated with the same
bytes only. When she leaves, Eva is told in her place; the offer is one and the same.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, offer back, repeat 7 days, 1 times
  offer back: 10 percent, valid 14 days
  the story runs from 2026-06-08 to 2026-06-20
  anna sells to acme
  eva is the deputy of anna
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server takes mail and never answers
  2026-06-08 08:30:20  the mail server is away
  2026-06-08 09:00  anna is away until 2026-06-12
  2026-06-08 10:00  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-22, but no answer came
  2026-06-08 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:31:04  acme: message tried again with the same bytes
  2026-06-08 08:31:04  acme: message later exit 7: Connection refused
  2026-06-08 08:31:04  channel email waits until it answers again: Connection refused
  2026-06-08 08:32:06  acme: message tried again with the same bytes
  2026-06-08 08:32:06  acme: message later exit 7: Connection refused
  2026-06-08 08:34:16  acme: message tried again with the same bytes
  2026-06-08 08:34:16  acme: message later exit 7: Connection refused
  2026-06-08 08:37:34  acme: message tried again with the same bytes
  2026-06-08 08:37:34  acme: message later exit 7: Connection refused
  2026-06-08 08:46:45  acme: message tried again with the same bytes
  2026-06-08 08:46:45  acme: message later exit 7: Connection refused
  2026-06-08 09:05:31  acme: message dropped, possibly delivered before: somebody else is to be told
  2026-06-08 09:05:31  acme: message later exit 7: Connection refused
  2026-06-08 09:43:03  acme: message tried again
  2026-06-08 09:43:03  acme: message later exit 7: Connection refused
  2026-06-08 09:43:03  Channel email cannot be reached. It has failed for an hour: Connection refused. Whoever has ...
  2026-06-08 10:45:27  mail to the admin: "followupd: Channel email cannot be reached"
  2026-06-08 10:45:27  channel email answers again
  2026-06-08 10:45:27  acme: message tried again
  2026-06-08 10:45:27  mail to eva about acme: "Acme: 90 days without an order", with an offer until 2026-06-22
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-08, with an offer until 2026-06-22
