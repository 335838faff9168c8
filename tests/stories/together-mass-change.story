story: what a mass change holds does not join what is told

Acme is due for its review while the orders of many are missing, its own among them: the mail says the review alone.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  rule review: every 3 months, counting review
  the story runs from 2026-06-01 to 2026-06-13
  anna sells to c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, acme
  c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and c12 bought 9 times, every 20 days until 2026-06-05
  acme bought 9 times, every 20 days until 2026-06-05
  anna reviewed acme on 2026-03-12
  anna reviewed c1 on 2026-06-01
  anna reviewed c2 on 2026-06-01
  anna reviewed c3 on 2026-06-01
  anna reviewed c4 on 2026-06-01
  anna reviewed c5 on 2026-06-01
  anna reviewed c6 on 2026-06-01
  anna reviewed c7 on 2026-06-01
  anna reviewed c8 on 2026-06-01
  anna reviewed c9 on 2026-06-01
  anna reviewed c10 on 2026-06-01
  anna reviewed c11 on 2026-06-01
  anna reviewed c12 on 2026-06-01

when
  2026-06-11 10:00  the purchases of c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 and acme after 2026-03-10 are lost

then
  2026-06-11 10:00  acme: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c1: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c10: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c11: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c12: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c2: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c3: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c4: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c5: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c6: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c7: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c8: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  c9: lapse due since 2026-05-26: day 106, limit 90 (calm start)
  2026-06-11 10:00  Rule lapse suddenly has far more new cases than usual. 13 new cases on 11 June 2026...
  2026-06-11 10:00  mail to the admin: "followupd: Rule lapse suddenly has far more new cases than usual"
  2026-06-12 00:00  acme: review due since 2026-06-12: day 92, limit 92
  2026-06-12 00:00  Rule lapse is still held back: 13 cases wait...
  2026-06-12 00:00  mail to the admin: "followupd: Rule lapse is still held back: 13 cases wait"
  2026-06-12 08:30  mail to anna about acme: "Acme: account review", proposing 2026-06-18 09:00-10:00
