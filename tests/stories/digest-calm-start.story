story: the calm start of an old database, told in digests

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  cases older than 14 days are told 2 a week
  rule lapse: after 60 days, tell weekly
  the story runs from 2026-06-03 to 2026-06-24
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
  2026-06-08 08:30  weekly digest to anna by email: 3 new, 3 waiting
  2026-06-08 08:30  mail to anna: "Your week: 3 new, nothing open, 11,600 a year at risk", new old5, old4, fresh
  2026-06-15 08:30  weekly digest to anna by email: 2 new, 3 open, 1 waiting
  2026-06-15 08:30  mail to anna: "Your week: 2 new, 3 still open, 17,600 a year at risk", new old3, old2; open old5, old4, fresh
  2026-06-22 08:30  weekly digest to anna by email: 1 new, 5 open
  2026-06-22 08:30  mail to anna: "Your week: 1 new, 5 still open, 18,900 a year at risk", new old1; open old5, old4, old3, old2, fresh
