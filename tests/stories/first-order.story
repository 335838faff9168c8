story: a prospect is looked after until it orders

Acme came to a trade fair on 1 May. Anna calls, and a month later is told again; then it orders, and that was won.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule first-order: every 1 month, repeat 5 days, 1 times
  the story runs from 2026-05-20 to 2026-10-01
  anna sells to acme, bolt
  acme is a customer since 2026-05-01
  bolt is a customer since 2026-05-01

when
  2026-06-03 10:00  anna calls acme
  2026-06-20 10:00  bolt buys
  2026-07-06 10:00  acme buys for 500

then
  2026-06-01 00:00  acme: first-order due since 2026-06-01: day 31, limit 31
  2026-06-01 00:00  bolt: first-order due since 2026-06-01: day 31, limit 31
  2026-06-01 08:30  mail to anna about acme: "Acme: no order yet"
  2026-06-01 08:30  mail to anna about bolt: "Bolt: no order yet"
  2026-06-03 10:00  acme: first-order done: a contact was logged
  2026-06-08 08:30  mail to anna about bolt: "Reminder: Bolt: no order yet", in the thread of 2026-06-01
  2026-06-20 10:00  bolt: first-order won: bought on 2026-06-20
  2026-07-03 00:00  acme: first-order due since 2026-07-03: day 30, limit 30
  2026-07-03 08:30  mail to anna about acme: "Acme: no order yet"
  2026-07-06 10:00  acme: first-order won: bought on 2026-07-06
