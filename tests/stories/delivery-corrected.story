story: a delivery day is corrected, and nobody hears of the visit twice

Acme was told about on the day after the desks had come, said the books. They had come a week earlier; later the
books say a week later, and then that they never came.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): steps 1 day and 3 weeks
  the story runs from 2026-06-01 to 2026-08-20
  anna sells to acme, bolt
  acme bought on 2026-06-01, delivered on 2026-06-08
  bolt bought on 2026-06-01, delivered on 2026-06-08

when
  2026-06-10 11:00  what acme bought on 2026-06-01 was delivered on 2026-06-03
  2026-06-12 11:00  what acme bought on 2026-06-01 was delivered on 2026-06-15
  2026-06-12 11:00  what bolt bought on 2026-06-01 was not delivered
  2026-06-20 11:00  what bolt bought on 2026-06-01 was delivered on 2026-06-08

then
  2026-06-09 00:00  acme: service 2026-06-01/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 00:00  bolt: service 2026-06-01/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 08:30  mail to anna about acme: "Acme: service call 1 of 2"
  2026-06-09 08:30  mail to anna about bolt: "Bolt: service call 1 of 2"
  2026-06-10 11:00  acme: service 2026-06-01/1 moved from 2026-06-08 to 2026-06-03: the database was corrected
  2026-06-12 11:00  acme: service 2026-06-01/1 moved from 2026-06-03 to 2026-06-15: the database was corrected
  2026-06-12 11:00  bolt: service 2026-06-01/1 withdrawn: the database was corrected
  2026-06-20 11:00  bolt: service 2026-06-01/1 open again: what closed it is gone
  2026-06-29 00:00  bolt: service 2026-06-01/1 unanswered: its time has passed
  2026-06-29 00:00  bolt: service 2026-06-01/2 due since 2026-06-29: day 21, limit 21
  2026-06-29 08:30  mail to anna about bolt: "Bolt: service call 2 of 2"
  2026-07-06 00:00  acme: service 2026-06-01/1 unanswered: its time has passed
  2026-07-06 00:00  acme: service 2026-06-01/2 due since 2026-07-06: day 21, limit 21
  2026-07-06 08:30  mail to anna about acme: "Acme: service call 2 of 2"
  2026-07-29 00:00  bolt: service 2026-06-01/2 unanswered
  2026-08-05 00:00  acme: service 2026-06-01/2 unanswered
