story: an order is back-dated, split and entered anew, and its visit is told once

No order here has a number, so that its day is its name.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): from ordered, steps 1 day and 3 weeks
  the story runs from 2026-06-01 to 2026-08-20
  anna sells to back, split, anew
  back, split and anew bought on 2026-06-08

when
  2026-06-10 11:00  the purchase of back on 2026-06-08 moves to 2026-06-05
  2026-06-10 11:00  split bought on 2026-06-09
  2026-06-10 11:00  the purchase of anew on 2026-06-08 disappears
  2026-06-11 11:00  anew bought on 2026-06-08

then
  2026-06-09 00:00  anew: service 2026-06-08/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 00:00  back: service 2026-06-08/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 00:00  split: service 2026-06-08/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 08:30  mail to anna about anew: "Anew: service call 1 of 2"
  2026-06-09 08:30  mail to anna about back: "Back: service call 1 of 2"
  2026-06-09 08:30  mail to anna about split: "Split: service call 1 of 2"
  2026-06-10 11:00  back: service moved from 2026-06-08/1 to 2026-06-05/1: the database was corrected
  2026-06-10 11:00  anew: service 2026-06-08/1 withdrawn: the database was corrected
  2026-06-11 11:00  anew: service 2026-06-08/1 open again: what closed it is gone
  2026-06-26 00:00  back: service 2026-06-05/1 unanswered: its time has passed
  2026-06-26 00:00  back: service 2026-06-05/2 due since 2026-06-26: day 21, limit 21
  2026-06-26 08:30  mail to anna about back: "Back: service call 2 of 2"
  2026-06-29 00:00  anew: service 2026-06-08/1 unanswered: its time has passed
  2026-06-29 00:00  anew: service 2026-06-08/2 due since 2026-06-29: day 21, limit 21
  2026-06-29 00:00  split: service 2026-06-08/1 unanswered: its time has passed
  2026-06-29 00:00  split: service 2026-06-08/2 due since 2026-06-29: day 21, limit 21
  2026-06-29 08:30  mail to anna about anew: "Anew: service call 2 of 2"
  2026-06-29 08:30  mail to anna about split: "Split: service call 2 of 2"
  2026-07-26 00:00  back: service 2026-06-05/2 unanswered
  2026-07-29 00:00  anew: service 2026-06-08/2 unanswered
  2026-07-29 00:00  split: service 2026-06-08/2 unanswered
