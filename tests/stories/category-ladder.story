story: the ladder of categories: what holds for a rung holds above, until a higher one says otherwise

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  categories everyone, regular, key
  rule lapse: after 1 year for everyone, after 30 days for key
  rule quiet (lapse): after 10 days, for furniture
  the story runs from 2026-06-01 to 2026-07-05
  anna sells to plain, steady, vital, chairs
  plain is of category everyone
  steady is of category regular
  vital is of category key
  chairs is of category furniture
  plain bought on 2025-01-07, 2025-06-10
  steady bought on 2025-01-07, 2025-06-20
  vital bought on 2026-01-07, 2026-05-20
  chairs bought on 2026-01-07, 2026-06-15

then
  2026-06-10 00:00  plain: lapse due since 2026-06-10: day 365, limit 365
  2026-06-10 08:30  mail to anna about plain: "Plain: 365 days without an order"
  2026-06-19 00:00  vital: lapse due since 2026-06-19: day 30, limit 30
  2026-06-19 08:30  mail to anna about vital: "Vital: 30 days without an order"
  2026-06-20 00:00  steady: lapse due since 2026-06-20: day 365, limit 365
  2026-06-22 08:30  mail to anna about steady: "Steady: 367 days without an order"
  2026-06-25 00:00  chairs: quiet due since 2026-06-25: day 10, limit 10
  2026-06-25 08:30  mail to anna about chairs: "Chairs: 10 days without an order"
