story: a category that buys more slowly from now on takes nothing back

Acme is late by the rhythm of its category, and Anna hears of it. Then Bolt orders after a long time: by what is usual now Acme would not
be late yet. The reminder comes all the same.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 2.5 x rhythm, repeat 7 days, 1 times
  the story runs from 2026-03-12 to 2026-03-26
  anna sells to acme, bolt
  acme bought on 2026-01-10, 2026-02-09
  bolt bought on 2026-01-01, 2026-01-11, 2026-01-21

when
  2026-03-17 11:00  bolt buys

then
  2026-03-12 00:00  bolt: lapse due since 2026-02-15: day 50, limit 25 (calm start)
  2026-03-12 08:30  mail to anna about bolt: "Bolt: 50 days without an order"
  2026-03-14 00:00  acme: lapse due since 2026-03-14: day 33, limit 33
  2026-03-16 08:30  mail to anna about acme: "Acme: 35 days without an order"
  2026-03-17 11:00  bolt: lapse won: bought on 2026-03-17
  2026-03-23 08:30  mail to anna about acme: "Reminder: Acme: 35 days without an order", in the thread of 2026-03-16
