story: the manager hears when for four weeks more has come due than the caps let out

Anna may be told of one customer a week, and each week two more fall silent: the line before her grows. On the first Monday after four
such weeks Carla hears of it, and no more when it grows no more.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a summary for managers on monday
  at most 1 follow-ups a week
  rule lapse: after 90 days, 0 times
  the story runs from 2026-05-04 to 2026-06-23
  anna sells to a1, a2, b1, b2, c1, c2, d1, d2, e1, e2, f1, f2
  carla is the manager of anna
  a1 and a2 bought on 2026-01-05, 2026-02-03
  b1 and b2 bought on 2026-01-05, 2026-02-10
  c1 and c2 bought on 2026-01-05, 2026-02-17
  d1 and d2 bought on 2026-01-05, 2026-02-24
  e1 and e2 bought on 2026-01-05, 2026-03-03
  f1 and f2 bought on 2026-01-05, 2026-03-10

then
  2026-05-04 00:00  a1: lapse due since 2026-05-04: day 90, limit 90
  2026-05-04 00:00  a2: lapse due since 2026-05-04: day 90, limit 90
  2026-05-04 08:30  summary digest to carla by email: 2 largest, 2 waiting
  2026-05-04 08:30  mail to carla: "Sales week: told 0, answered 0, overdue 0, won back 0" a1, a2
  2026-05-04 08:30  mail to anna about a1: "A1: 90 days without an order"
  2026-05-11 00:00  b1: lapse due since 2026-05-11: day 90, limit 90
  2026-05-11 00:00  b2: lapse due since 2026-05-11: day 90, limit 90
  2026-05-11 08:30  summary digest to carla by email: 4 largest, 3 waiting
  2026-05-11 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 0, won back 0" a1, a2, b1, b2
  2026-05-11 08:30  mail to anna about a2: "A2: 97 days without an order"
  2026-05-18 00:00  c1: lapse due since 2026-05-18: day 90, limit 90
  2026-05-18 00:00  c2: lapse due since 2026-05-18: day 90, limit 90
  2026-05-18 08:30  summary digest to carla by email: 6 largest, 4 waiting
  2026-05-18 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 1, won back 0" a1, a2, b1, b2, c1, c2
  2026-05-18 08:30  mail to anna about b1: "B1: 97 days without an order"
  2026-05-25 00:00  d1: lapse due since 2026-05-25: day 90, limit 90
  2026-05-25 00:00  d2: lapse due since 2026-05-25: day 90, limit 90
  2026-05-25 08:30  summary digest to carla by email: 8 largest, 5 waiting
  2026-05-25 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 2, won back 0" a1, a2, b1, b2, c1, c2, d1, d2
  2026-05-25 08:30  mail to anna about b2: "B2: 104 days without an order"
  2026-06-01 00:00  e1: lapse due since 2026-06-01: day 90, limit 90
  2026-06-01 00:00  e2: lapse due since 2026-06-01: day 90, limit 90
  2026-06-01 08:30  summary digest to carla by email: 10 largest, 6 waiting, for four weeks too much for 1
  2026-06-01 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 3, won back 0" a1, a2, b1, b2, c1, c2, d1, d2, e1, e2
  2026-06-01 08:30  mail to anna about c1: "C1: 104 days without an order"
  2026-06-03 00:00  a1: lapse unanswered
  2026-06-08 00:00  f1: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  f2: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  summary digest to carla by email: 10 largest, 7 waiting, for four weeks too much for 1
  2026-06-08 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 3, won back 0" a2, b1, b2, c1, c2, d1, d2, e1, e2, f1
  2026-06-08 08:30  mail to anna about c2: "C2: 111 days without an order"
  2026-06-10 00:00  a2: lapse unanswered
  2026-06-15 08:30  summary digest to carla by email: 10 largest, 6 waiting, for four weeks too much for 1
  2026-06-15 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 3, won back 0" b1, b2, c1, c2, d1, d2, e1, e2, f1, f2
  2026-06-15 08:30  mail to anna about d1: "D1: 111 days without an order"
  2026-06-17 00:00  b1: lapse unanswered
  2026-06-22 08:30  summary digest to carla by email: 9 largest, 5 waiting
  2026-06-22 08:30  mail to carla: "Sales week: told 1, answered 0, overdue 3, won back 0" b2, c1, c2, d1, d2, e1, e2, f1, f2
  2026-06-22 08:30  mail to anna about d2: "D2: 118 days without an order"
