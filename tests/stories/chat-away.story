story: a chat that has been away for an hour: by mail until it is back

For an hour it is tried again and again; then the message is written anew as a mail. New messages ask Telegram first again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  anna is reached by telegram and email
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-08, 2026-03-11

when
  2026-06-05 12:00  Telegram is away
  2026-06-08 12:00  Telegram works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  acme: message later exit 7: Connection refused
  2026-06-08 08:30  channel telegram waits until it answers again: Connection refused
  2026-06-08 08:31  acme: message tried again
  2026-06-08 08:31  acme: message later exit 7: Connection refused
  2026-06-08 08:32:55  acme: message tried again
  2026-06-08 08:32:55  acme: message later exit 7: Connection refused
  2026-06-08 08:36:21  acme: message tried again
  2026-06-08 08:36:21  acme: message later exit 7: Connection refused
  2026-06-08 08:43:58  acme: message tried again
  2026-06-08 08:43:58  acme: message later exit 7: Connection refused
  2026-06-08 09:00:18  acme: message tried again
  2026-06-08 09:00:18  acme: message later exit 7: Connection refused
  2026-06-08 09:30  Channel telegram cannot be reached. It has failed for an hour: ...
  2026-06-08 09:30  acme: message goes by email instead of telegram
  2026-06-08 09:30  acme: message tried again
  2026-06-08 09:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-08 09:30  mail to the admin: "followupd: Channel telegram cannot be reached"
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 08:30  telegram message to anna about bolt: "Bolt: 90 days without an order"
  2026-06-09 08:30  channel telegram answers again
