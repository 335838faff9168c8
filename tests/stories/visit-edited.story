story: a visit is logged late, with a wrong day, and deleted and entered anew

The monthly visit at Acme was made on the 3rd but logged on the 9th, after Anna was told of it: that closes the case. The day is wrong, is corrected,
then the row is deleted and typed again: nobody hears of that visit twice, and the next is due a month after the day that stays. Bolt's visit was
logged with the wrong customer: once it is gone, its case is open again, without a message.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule visit: every 1 month, repeat 10 days, 1 times
  the story runs from 2026-05-01 to 2026-08-01
  anna sells to acme, bolt
  anna visited acme on 2026-05-04
  anna visited bolt on 2026-05-04

when
  2026-06-09 10:00  anna visited acme on 2026-06-03
  2026-06-09 10:00  anna visits bolt
  2026-06-10 10:00  the contact with acme on 2026-06-03 disappears
  2026-06-10 10:05  anna visited acme on 2026-06-05
  2026-06-11 10:00  the contact with bolt on 2026-06-09 disappears
  2026-06-12 10:00  the contact with acme on 2026-06-05 disappears
  2026-06-12 15:00  anna visited acme on 2026-06-05

then
  2026-06-04 00:00  acme: visit due since 2026-06-04: day 31, limit 31
  2026-06-04 00:00  bolt: visit due since 2026-06-04: day 31, limit 31
  2026-06-04 08:30  mail to anna about acme: "Acme: time to say hello", proposing 2026-06-10 14:30-15:00
  2026-06-04 08:30  mail to anna about bolt: "Bolt: time to say hello", proposing 2026-06-09 11:00-11:30
  2026-06-09 10:00  acme: visit done: a contact was logged
  2026-06-09 10:00  bolt: visit done: a contact was logged
  2026-06-10 10:00  acme: visit open again: what closed it is gone
  2026-06-10 10:05  acme: visit done: a contact was logged
  2026-06-11 10:00  bolt: visit open again: what closed it is gone
  2026-06-12 10:00  acme: visit open again: what closed it is gone
  2026-06-12 15:00  acme: visit done: a contact was logged
  2026-06-22 08:30  mail to anna about bolt: "Reminder: Bolt: time to say hello", in the thread of 2026-06-04, moving the meeting to 2026-06-25 11:00-11:30
  2026-07-05 00:00  acme: visit due since 2026-07-05: day 30, limit 30
  2026-07-06 08:30  mail to anna about acme: "Acme: time to say hello", proposing 2026-07-13 16:30-17:00
  2026-07-16 08:30  mail to anna about acme: "Reminder: Acme: time to say hello", in the thread of 2026-07-06, moving the meeting to 2026-07-23 16:30-17:00
  2026-07-22 00:00  bolt: visit unanswered
  2026-07-22 00:00  bolt: visit due since 2026-07-04: day 79, limit 31
  2026-07-22 08:30  mail to anna about bolt: "Bolt: time to say hello", proposing 2026-07-28 14:00-14:30
