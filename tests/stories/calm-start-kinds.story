story: the calm start with deliveries, complaints and yearly days of years ago

An old database: deliveries of three years ago are nobody's business any more; a complaint that has been open for a year waits in the ranked
list; what is of these days is told.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  cases older than 14 days are told 2 a week
  rule service (after-sale): orders every, steps 1 day and 3 weeks and 3 months
  rule problem: after 2 working days
  rule anniversary (occasion): on first order
  rule first-order: every 1 month
  the story runs from 2026-06-01 to 2026-07-01
  anna sells to old, fresh, cross, prospect
  old bought on 2023-05-02, delivered on 2023-05-05
  old bought on 2023-06-20, delivered on 2023-06-25
  fresh bought on 2026-05-20, delivered on 2026-05-29
  cross bought on 2023-01-10, delivered on 2023-01-20
  cross complained on 2025-05-05
  prospect is a customer since 2024-01-01

when

then
  2026-06-01 00:00  cross: problem complaint5 due since 2025-05-07: day 392, limit 2 (calm start)
  2026-06-01 00:00  fresh: service 2026-05-20/1 due since 2026-05-30: day 3, limit 1
  2026-06-01 00:00  old: anniversary 2026 due since 2026-05-02: for 2026-05-02 (calm start)
  2026-06-01 00:00  prospect: first-order due since 2026-06-01: day 882, limit 31
  2026-06-01 08:30  mail to anna about cross: "Cross: a complaint is still open"
  2026-06-01 08:30  mail to anna about fresh: "Fresh: service call 1 of 3"
  2026-06-01 08:30  mail to anna about old: "Old: anniversary"
  2026-06-01 08:30  mail to anna about prospect: "Prospect: no order yet"
  2026-06-02 00:00  old: anniversary 2026 unanswered: its time has passed
  2026-06-19 00:00  fresh: service 2026-05-20/1 unanswered: its time has passed
  2026-06-19 00:00  fresh: service 2026-05-20/2 due since 2026-06-19: day 21, limit 21
  2026-06-19 08:30  mail to anna about fresh: "Fresh: service call 2 of 3"
