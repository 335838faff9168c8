story: many really are late at once

They all bought at the fair, and not since. The admin has looked, gives the rule a better name while at it, and says that it is real; who bought meanwhile is not
called, and the others are told within the caps.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 60 days
  the story runs from 2026-06-01 to 2026-06-20
  anna sells to c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12
  c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and c12 bought on 2026-01-07, 2026-04-10

when
  2026-06-09 11:00  c5 buys
  2026-06-10 09:00  followupd crashes
  2026-06-10 09:30  rule lapse is called late from now on
  2026-06-10 10:00  the mass change of late is released

then
  2026-06-09 00:00  c1: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c10: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c11: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c12: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c2: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c3: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c4: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c5: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c6: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c7: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c8: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  c9: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 00:00  Rule lapse suddenly has far more new cases than usual. 12 new cases on 9 June 2026, at most 10 are usual; it has 12 customers. Perhaps ...
  2026-06-09 00:00  mail to the admin: "followupd: Rule lapse suddenly has far more new cases than usual"
  2026-06-09 11:00  c5: lapse withdrawn: bought on 2026-06-09
  2026-06-10 00:00  Rule lapse is still held back: 11 cases wait. Since 9 June 2026 nothing of it is told for the first time, because ...
  2026-06-10 00:00  mail to the admin: "followupd: Rule lapse is still held back: 11 cases wait"
  2026-06-10 09:30  rule late takes over 12 follow-ups of lapse
  2026-06-10 09:30  Rule late is still held back: 11 cases wait. Since 9 June 2026 nothing of it is told for the first time, because ...
  2026-06-10 09:30  mail to the admin: "followupd: Rule late is still held back: 11 cases wait"
  2026-06-10 10:00  mail to anna about c1: "C1: 61 days without an order"
  2026-06-10 10:00  mail to anna about c10: "C10: 61 days without an order"
  2026-06-10 10:00  mail to anna about c11: "C11: 61 days without an order"
  2026-06-10 10:00  mail to anna about c12: "C12: 61 days without an order"
  2026-06-10 10:00  mail to anna about c2: "C2: 61 days without an order"
  2026-06-11 08:30  mail to anna about c3: "C3: 62 days without an order"
  2026-06-11 08:30  mail to anna about c4: "C4: 62 days without an order"
  2026-06-11 08:30  mail to anna about c6: "C6: 62 days without an order"
  2026-06-11 08:30  mail to anna about c7: "C7: 62 days without an order"
  2026-06-11 08:30  mail to anna about c8: "C8: 62 days without an order"
  2026-06-12 08:30  mail to anna about c9: "C9: 63 days without an order"
