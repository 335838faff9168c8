story: a busy chat: the message waits as long as it says

A 429 pauses the channel for as long as Telegram asks.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme, bolt
  anna is reached by telegram and email
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-08, 2026-03-11

when
  2026-06-05 12:00  Telegram is busy
  2026-06-08 08:40  Telegram works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  telegram message to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:30  acme: message later HTTP 429: too many at once (HTTP 429): ...
  2026-06-08 08:30  channel telegram waits until it answers again: too many at once ...
  2026-06-08 08:32  acme: message tried again
  2026-06-08 08:32  the same telegram message again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:32  acme: message later HTTP 429: too many at once (HTTP 429): ...
  2026-06-08 08:34  acme: message tried again
  2026-06-08 08:34  the same telegram message again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:34  acme: message later HTTP 429: too many at once (HTTP 429): ...
  2026-06-08 08:37:25  acme: message tried again
  2026-06-08 08:37:25  the same telegram message again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:37:25  acme: message later HTTP 429: too many at once (HTTP 429): ...
  2026-06-08 08:45:02  acme: message tried again
  2026-06-08 08:45:02  the same telegram message again to anna about acme: "Acme: 90 days without an order"
  2026-06-08 08:45:02  channel telegram answers again
  2026-06-09 00:00  bolt: lapse due since 2026-06-09: day 90, limit 90
  2026-06-09 08:30  telegram message to anna about bolt: "Bolt: 90 days without an order"
