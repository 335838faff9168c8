story: a chat that refuses our token: by mail at once, and the next day it is tried again

What certainly reached nobody leaves by mail. The stop ends after a day, or when the token is changed.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  anna is reached by telegram and email
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-08, 2026-03-11

when
  2026-06-05 12:00  Telegram refuses our token
  2026-06-09 08:00  Telegram works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  telegram message to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:30  acme: message later HTTP 401: the token in secret_file is not one of a bot (HTTP 401): Unauthorized
  2026-06-08 08:30  Channel telegram is stopped. The reason: the token in secret_file is ...
  2026-06-08 08:30  mail to the admin: "followupd: Channel telegram is stopped"
  2026-06-08 08:30  acme: message goes by email instead of telegram
  2026-06-08 08:30  acme: message tried again
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 08:30  telegram message to anna about bolt: "Bolt: 90 days without an order"
