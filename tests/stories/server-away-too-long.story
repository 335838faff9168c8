story: a mail server that stays away is a matter for the admin

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server is away
  2026-06-08 10:00  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  acme: message later exit 7: Connection refused
  2026-06-08 08:30  channel email waits until it answers again: Connection refused
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
  2026-06-08 09:38:09  acme: message tried again
  2026-06-08 09:38:09  acme: message later exit 7: Connection refused
  2026-06-08 09:38:09  Channel email cannot be reached. It has failed for an hour: Connection refused. Whoever has ...
  2026-06-08 10:42:12  mail to the admin: "followupd: Channel email cannot be reached"
  2026-06-08 10:42:12  channel email answers again
  2026-06-08 10:42:12  acme: message tried again
  2026-06-08 10:42:12  mail to anna about acme: "Acme: 90 days without an order"
