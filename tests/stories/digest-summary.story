story: on Monday the manager hears how the week was

Carla leads Anna and Ben. She hears how many follow-ups each was told of, how many they answered and won, and what is
largest at risk; and, since she is behind everybody, whose customers have no salesperson.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a summary for managers on monday
  customers of nobody go to carla
  rule lapse: after 90 days
  the story runs from 2026-06-02 to 2026-06-17
  anna sells to acme, bolt, dora
  ben sells to cano
  carla is the manager of anna
  carla is the manager of ben
  acme bought on 2026-01-05, 2026-03-05 for 100
  bolt bought on 2026-01-05, 2026-03-05 for 900
  cano bought on 2026-01-05, 2026-03-06 for 500
  dora bought on 2026-01-05, 2026-03-09 for 500

when
  2026-06-02 12:00  dora belongs to nobody
  2026-06-04 10:00  anna calls acme
  2026-06-05 10:00  bolt buys for 250

then
  2026-06-03 00:00  acme: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 00:00  bolt: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-03 08:30  mail to anna about bolt: "Bolt: 90 days without an order"
  2026-06-04 00:00  cano: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 08:30  mail to ben about cano: "Cano: 90 days without an order"
  2026-06-04 10:00  acme: lapse done: a contact was logged
  2026-06-05 10:00  bolt: lapse won: bought on 2026-06-05
  2026-06-07 00:00  dora: lapse due since 2026-06-07: day 90, limit 90
  2026-06-08 08:30  summary digest to carla by email: 1 largest, 1 without a salesperson
  2026-06-08 08:30  mail to carla: "Sales week: told 3, answered 1, overdue 0, won back 1" cano, dora
  2026-06-08 08:30  mail to carla about dora: "Dora: 91 days without an order"
  2026-06-15 08:30  summary digest to carla by email: 1 largest, 1 without a salesperson
  2026-06-15 08:30  mail to carla: "Sales week: told 0, answered 0, overdue 1, won back 0" cano, dora
