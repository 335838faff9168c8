story: three service visits after the first delivery

The desks came on Monday 8 June. The first visit is made and logged; the second is never logged and ends by itself
when it is too late to be of use; the third comes all the same. The second order is owed nothing: the rule speaks
of the first.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): steps 1 day and 3 weeks and 3 months, repeat 5 days, 1 times
  the story runs from 2026-06-01 to 2026-11-01
  anna sells to acme
  acme bought on 2026-06-01, delivered on 2026-06-08

when
  2026-06-11 14:00  anna calls acme
  2026-07-20 10:00  acme buys

then
  2026-06-09 00:00  acme: service 2026-06-01/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 08:30  mail to anna about acme: "Acme: service call 1 of 3"
  2026-06-11 14:00  acme: service 2026-06-01/1 done: a contact was logged
  2026-06-29 00:00  acme: service 2026-06-01/2 due since 2026-06-29: day 21, limit 21
  2026-06-29 08:30  mail to anna about acme: "Acme: service call 2 of 3"
  2026-07-06 08:30  mail to anna about acme: "Reminder: Acme: service call 2 of 3", in the thread of 2026-06-29
  2026-07-30 00:00  acme: service 2026-06-01/2 unanswered: its time has passed
  2026-09-08 00:00  acme: service 2026-06-01/3 due since 2026-09-08: day 92, limit 92
  2026-09-08 08:30  mail to anna about acme: "Acme: service call 3 of 3"
  2026-09-14 08:30  mail to anna about acme: "Reminder: Acme: service call 3 of 3", in the thread of 2026-09-08
  2026-10-09 00:00  acme: service 2026-06-01/3 unanswered: its time has passed
