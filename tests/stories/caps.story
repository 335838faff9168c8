story: five a day by money at risk, every fifth the oldest waiting

Eleven customers become late on one day. The money they stand for decides who is called
first; every fifth place goes to whoever waits longest, however small.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 5 follow-ups a day
  rule lapse: after 60 days
  the story runs from 2026-06-01 to 2026-06-12
  anna sells to c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11
  c01 bought 4 times, every 30 days until 2026-04-04 for 100
  c02 bought 4 times, every 30 days until 2026-04-04 for 200
  c03 bought 4 times, every 30 days until 2026-04-04 for 300
  c04 bought 4 times, every 30 days until 2026-04-04 for 400
  c05 bought 4 times, every 30 days until 2026-04-04 for 500
  c06 bought 4 times, every 30 days until 2026-04-04 for 600
  c07 bought 4 times, every 30 days until 2026-04-04 for 700
  c08 bought 4 times, every 30 days until 2026-04-04 for 800
  c09 bought 4 times, every 30 days until 2026-04-04 for 900
  c10 bought 4 times, every 30 days until 2026-04-04 for 1000
  c11 bought 4 times, every 30 days until 2026-04-04 for 1100

then
  2026-06-03 00:00  c01: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c02: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c03: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c04: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c05: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c06: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c07: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c08: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c09: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c10: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 00:00  c11: lapse due since 2026-06-03: day 60, limit 60
  2026-06-03 08:30  mail to anna about c08: "C08: 60 days without an order"
  2026-06-03 08:30  mail to anna about c09: "C09: 60 days without an order"
  2026-06-03 08:30  mail to anna about c10: "C10: 60 days without an order"
  2026-06-03 08:30  mail to anna about c11: "C11: 60 days without an order"
  2026-06-03 08:30  mail to anna about c01: "C01: 60 days without an order"
  2026-06-04 08:30  mail to anna about c04: "C04: 61 days without an order"
  2026-06-04 08:30  mail to anna about c05: "C05: 61 days without an order"
  2026-06-04 08:30  mail to anna about c06: "C06: 61 days without an order"
  2026-06-04 08:30  mail to anna about c07: "C07: 61 days without an order"
  2026-06-04 08:30  mail to anna about c02: "C02: 61 days without an order"
  2026-06-05 08:30  mail to anna about c03: "C03: 62 days without an order"
