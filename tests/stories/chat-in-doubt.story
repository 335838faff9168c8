story: what Telegram may have delivered is repeated there and nowhere else

Nobody hears twice over two channels: a message in doubt keeps its channel and its bytes, however long that one is away.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  anna is reached by telegram and email
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-08, 2026-03-11

when
  2026-06-05 12:00  Telegram takes messages and never answers
  2026-06-08 08:30:30  Telegram is away
  2026-06-08 13:00  Telegram works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  telegram message to anna about acme: "Acme: 90 days without an order", but no answer came
  2026-06-08 08:31:04  acme: message tried again with the same bytes
  2026-06-08 08:31:04  acme: message later exit 7: Connection refused
  2026-06-08 08:31:04  channel telegram waits until it answers again: Connection refused
  2026-06-08 08:32:06  acme: message tried again with the same bytes
  2026-06-08 08:32:06  acme: message later exit 7: Connection refused
  2026-06-08 08:34:16  acme: message tried again with the same bytes
  2026-06-08 08:34:16  acme: message later exit 7: Connection refused
  2026-06-08 08:37:34  acme: message tried again with the same bytes
  2026-06-08 08:37:34  acme: message later exit 7: Connection refused
  2026-06-08 08:46:45  acme: message tried again with the same bytes
  2026-06-08 08:46:45  acme: message later exit 7: Connection refused
  2026-06-08 09:05:31  acme: message tried again with the same bytes
  2026-06-08 09:05:31  acme: message later exit 7: Connection refused
  2026-06-08 09:43:03  acme: message tried again with the same bytes
  2026-06-08 09:43:03  acme: message later exit 7: Connection refused
  2026-06-08 09:43:03  Channel telegram cannot be reached. It has failed for an hour: ...
  2026-06-08 09:43:03  mail to the admin: "followupd: Channel telegram cannot be reached"
  2026-06-08 10:45:27  acme: message tried again with the same bytes
  2026-06-08 10:45:27  acme: message later exit 7: Connection refused
  2026-06-08 11:35:23  acme: message tried again with the same bytes
  2026-06-08 11:35:23  acme: message later exit 7: Connection refused
  2026-06-08 12:24:29  acme: message tried again with the same bytes
  2026-06-08 12:24:29  acme: message later exit 7: Connection refused
  2026-06-08 13:23:36  acme: message tried again with the same bytes
  2026-06-08 13:23:36  the same telegram message again to anna about acme: "Acme: 90 days without an order"
  2026-06-08 13:23:36  channel telegram answers again
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 08:30  telegram message to anna about bolt: "Bolt: 90 days without an order"
