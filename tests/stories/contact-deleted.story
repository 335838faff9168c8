story: the call after a delivery was logged with the wrong customer

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): steps 1 day and 3 weeks, repeat 5 days, 1 times
  rule birthday (occasion): on x_birthday, repeat 5 days, 1 times
  the story runs from 2026-06-01 to 2026-08-20
  anna sells to acme
  acme has x_birthday 06-09
  acme bought on 2026-06-01, delivered on 2026-06-08

when
  2026-06-10 11:00  anna calls acme
  2026-06-11 11:00  the contact with acme on 2026-06-10 disappears

then
  2026-06-09 00:00  acme: service 2026-06-01/1 due since 2026-06-09: day 1, limit 1
  2026-06-09 00:00  acme: birthday 2026 due since 2026-06-09: for 2026-06-09
  2026-06-09 08:30  mail to anna about acme: "Acme: birthday", also: "Delivered on 8 June 2026; service call 1 of 2 is due."
  2026-06-10 11:00  acme: service 2026-06-01/1 done: a contact was logged
  2026-06-10 11:00  acme: birthday 2026 done: a contact was logged
  2026-06-11 11:00  acme: service 2026-06-01/1 open again: what closed it is gone
  2026-06-11 11:00  acme: birthday 2026 open again: what closed it is gone
  2026-06-16 08:30  mail to anna about acme: "Reminder: Acme: birthday", in the thread of 2026-06-09, also: "Reminder: Delivered on 8 June 2026; service call 1 of 2 is due."
  2026-06-29 00:00  acme: service 2026-06-01/1 unanswered: its time has passed
  2026-06-29 00:00  acme: service 2026-06-01/2 due since 2026-06-29: day 21, limit 21
  2026-06-29 08:30  mail to anna about acme: "Acme: service call 2 of 2"
  2026-07-06 08:30  mail to anna about acme: "Reminder: Acme: service call 2 of 2", in the thread of 2026-06-29
  2026-07-10 00:00  acme: birthday 2026 unanswered: its time has passed
  2026-07-30 00:00  acme: service 2026-06-01/2 unanswered: its time has passed
