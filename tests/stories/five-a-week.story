story: caps by the week

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 2 follow-ups a day
  at most 3 follow-ups a week
  rule lapse: after 60 days
  the story runs from 2026-06-03 to 2026-06-12
  anna sells to c1, c2, c3, c4, c5
  c1, c2, c3, c4 and c5 bought 4 times, every 30 days until 2026-04-04 for 100

then
  2026-06-03 00:00  c1: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c2: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c3: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c4: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c5: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 08:30  mail to anna about c1: "C1: 60 days without an order"
  2026-06-03 08:30  mail to anna about c2: "C2: 60 days without an order"
  2026-06-04 08:30  mail to anna about c3: "C3: 61 days without an order"
  2026-06-08 08:30  mail to anna about c4: "C4: 65 days without an order"
  2026-06-08 08:30  mail to anna about c5: "C5: 65 days without an order"
