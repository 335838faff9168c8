story: who asked not to be contacted, and who is inactive, is left alone

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 2 times
  the story runs from 2026-06-01 to 2026-07-20
  anna sells to never, later, closed
  never, later and closed bought on 2026-01-07, 2026-03-08
  never asks not to be contacted

when
  2026-06-07 10:00  closed is inactive
  2026-06-10 10:00  later asks not to be contacted

then
  2026-06-06 00:00  closed: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  later: lapse due since 2026-06-06: day 90, limit 90
  2026-06-07 10:00  closed: lapse withdrawn: the customer is inactive
  2026-06-08 08:30  mail to anna about later: "Later: 92 days without an order"
  2026-06-10 10:00  later: lapse withdrawn: the customer asked not to be contacted
