story: two purchases within three days are one occasion

The order of Monday and what was forgotten and ordered on Wednesday are one purchase to
the rhythm: both customers buy every 20 days, and both are late after 50 days of silence,
counted from the last purchase.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 2.5 x rhythm
  the story runs from 2026-05-01 to 2026-06-20
  anna sells to once, twice
  once bought 6 times, every 20 days until 2026-04-15
  twice bought 6 times, every 20 days until 2026-04-13
  twice bought 6 times, every 20 days until 2026-04-15

then
  2026-06-04 00:00  once: lapse due since 2026-06-04: day 50, limit 50
  2026-06-04 00:00  twice: lapse due since 2026-06-04: day 50, limit 50
  2026-06-04 08:30  mail to anna about once: "Once: 50 days without an order"
  2026-06-04 08:30  mail to anna about twice: "Twice: 50 days without an order"
