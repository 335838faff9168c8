story: a purchase after the telling is a win, and the offer stays honoured

Bolt comes back without showing the code, and again with it: the offer was told, so it is honoured until
its last day.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 90 days, offer welcome-back, repeat 7 days, 2 times
  the story runs from 2026-06-01 to 2026-08-15
  anna sells to bolt
  bolt bought on 2026-01-07, 2026-03-08

when
  2026-06-10 11:00  bolt buys
  2026-06-20 11:00  bolt buys with the offer

then
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 92 days without an order", with an offer until 2026-06-22
  2026-06-10 11:00  bolt: lapse won: bought on 2026-06-10
  2026-06-20 11:00  bolt: offer ...
