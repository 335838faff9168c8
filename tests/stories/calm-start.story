story: the calm start of an old database

On the first day followupd finds customers who have been silent for ages. Only what became
due within the last two weeks is told at once; the rest is a ranked list, two a week here.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  cases older than 14 days are told 2 a week
  rule lapse: after 60 days
  the story runs from 2026-06-03 to 2026-06-19
  anna sells to fresh, old1, old2, old3, old4, old5
  fresh bought 4 times, every 30 days until 2026-03-30 for 50
  old1 bought 4 times, every 30 days until 2025-12-01 for 100
  old2 bought 4 times, every 30 days until 2025-12-01 for 200
  old3 bought 4 times, every 30 days until 2025-12-01 for 300
  old4 bought 4 times, every 30 days until 2025-12-01 for 400
  old5 bought 4 times, every 30 days until 2025-12-01 for 500

then
  2026-06-03 00:00  fresh: lapse due since 2026-05-29: day 65, limit 60
  2026-06-03 00:00  old1: lapse due since 2026-01-30: day 184, limit 60 (calm start)
  2026-06-03 00:00  old2: lapse due since 2026-01-30: day 184, limit 60 (calm start)
  2026-06-03 00:00  old3: lapse due since 2026-01-30: day 184, limit 60 (calm start)
  2026-06-03 00:00  old4: lapse due since 2026-01-30: day 184, limit 60 (calm start)
  2026-06-03 00:00  old5: lapse due since 2026-01-30: day 184, limit 60 (calm start)
  2026-06-03 08:30  mail to anna about fresh: "Fresh: 65 days without an order"
  2026-06-03 08:30  mail to anna about old4: "Old4: 184 days without an order"
  2026-06-03 08:30  mail to anna about old5: "Old5: 184 days without an order"
  2026-06-08 08:30  mail to anna about old2: "Old2: 189 days without an order"
  2026-06-08 08:30  mail to anna about old3: "Old3: 189 days without an order"
  2026-06-15 08:30  mail to anna about old1: "Old1: 196 days without an order"
