story: the customer gets another salesperson while the message waits

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-08
  bolt bought on 2026-01-07, 2026-03-10

when
  2026-06-07 10:00  acme belongs to ben
  2026-06-08 08:00  the mail server is away
  2026-06-08 08:35  bolt belongs to ben
  2026-06-08 09:00  the mail server works

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  acme: message later exit 7: Connection refused
  2026-06-08 08:30  channel email waits until it answers again: Connection refused
  2026-06-08 08:30  bolt: message later exit 7: Connection refused
  2026-06-08 08:31  acme: message tried again
  2026-06-08 08:31  bolt: message tried again
  2026-06-08 08:31  acme: message later exit 7: Connection refused
  2026-06-08 08:31  bolt: message later exit 7: Connection refused
  2026-06-08 08:33:09  acme: message tried again
  2026-06-08 08:33:09  bolt: message tried again
  2026-06-08 08:33:09  acme: message later exit 7: Connection refused
  2026-06-08 08:33:09  bolt: message later exit 7: Connection refused
  2026-06-08 08:36:58  acme: message tried again
  2026-06-08 08:36:58  bolt: message dropped: somebody else is to be told
  2026-06-08 08:36:58  acme: message later exit 7: Connection refused
  2026-06-08 08:46:21  acme: message tried again
  2026-06-08 08:46:21  acme: message later exit 7: Connection refused
  2026-06-08 09:05:07  acme: message tried again
  2026-06-08 09:05:07  mail to ben about acme: "Acme: 92 days without an order"
  2026-06-08 09:05:07  channel email answers again
  2026-06-08 09:05:07  mail to ben about bolt: "Bolt: 90 days without an order"
