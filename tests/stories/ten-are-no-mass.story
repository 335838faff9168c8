story: ten new cases on a day are no mass change

Neither are twelve on the first day of a rule, which finds what became due before it was there.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 20 follow-ups a day
  rule lapse: after 60 days
  the story runs from 2026-06-01 to 2026-06-12
  anna sells to c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10
  c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and c12 bought on 2026-01-07, 2026-03-27
  d1, d2, d3, d4, d5, d6, d7, d8, d9 and d10 bought on 2026-01-07, 2026-04-12

then
  2026-06-01 00:00  c1: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c10: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c11: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c12: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c2: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c3: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c4: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c5: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c6: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c7: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c8: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 00:00  c9: lapse due since 2026-05-26: day 66, limit 60
  2026-06-01 08:30  mail to anna about c1: "C1: 66 days without an order"
  2026-06-01 08:30  mail to anna about c10: "C10: 66 days without an order"
  2026-06-01 08:30  mail to anna about c11: "C11: 66 days without an order"
  2026-06-01 08:30  mail to anna about c12: "C12: 66 days without an order"
  2026-06-01 08:30  mail to anna about c2: "C2: 66 days without an order"
  2026-06-01 08:30  mail to anna about c3: "C3: 66 days without an order"
  2026-06-01 08:30  mail to anna about c4: "C4: 66 days without an order"
  2026-06-01 08:30  mail to anna about c5: "C5: 66 days without an order"
  2026-06-01 08:30  mail to anna about c6: "C6: 66 days without an order"
  2026-06-01 08:30  mail to anna about c7: "C7: 66 days without an order"
  2026-06-01 08:30  mail to anna about c8: "C8: 66 days without an order"
  2026-06-01 08:30  mail to anna about c9: "C9: 66 days without an order"
  2026-06-11 00:00  d1: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d10: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d2: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d3: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d4: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d5: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d6: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d7: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d8: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 00:00  d9: lapse due since 2026-06-11: day 60, limit 60
  2026-06-11 08:30  mail to anna about d1: "D1: 60 days without an order"
  2026-06-11 08:30  mail to anna about d10: "D10: 60 days without an order"
  2026-06-11 08:30  mail to anna about d2: "D2: 60 days without an order"
  2026-06-11 08:30  mail to anna about d3: "D3: 60 days without an order"
  2026-06-11 08:30  mail to anna about d4: "D4: 60 days without an order"
  2026-06-11 08:30  mail to anna about d5: "D5: 60 days without an order"
  2026-06-11 08:30  mail to anna about d6: "D6: 60 days without an order"
  2026-06-11 08:30  mail to anna about d7: "D7: 60 days without an order"
  2026-06-11 08:30  mail to anna about d8: "D8: 60 days without an order"
  2026-06-11 08:30  mail to anna about d9: "D9: 60 days without an order"
