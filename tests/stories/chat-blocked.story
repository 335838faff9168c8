story: who blocked us in a chat is reached by mail

The next day the chat is asked once more; who is told over it hears again there.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  anna is reached by telegram and email
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-08, 2026-03-11

when
  2026-06-05 12:00  anna blocks us on Telegram
  2026-06-08 12:00  Telegram works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  telegram message to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:30  acme: message refused HTTP 403: HTTP 403: Forbidden: bot was blocked by the user
  2026-06-08 08:30  The address of anna was refused. Sending to 471100 failed: HTTP 403: Forbidden: bot was blocked by the user. They are told over their next channel, ...
  2026-06-08 08:30  mail to the admin: "followupd: The address of anna was refused"
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 08:30  telegram message to anna about bolt: "Bolt: 90 days without an order"
