story: a complaint is open for too long

Two working days are allowed. Acme's complaint comes on Friday morning and is due on Tuesday; Anna is reminded until it is closed,
and a call alone does not close it. Then it turns out that nothing was mended, and two months later once more: that is news, and
is told once more although all reminders were used up.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule problem: after 2 working days, repeat 2 working days, 2 times
  the story runs from 2026-06-01 to 2026-09-01
  anna sells to acme
  acme bought on 2026-01-07

when
  2026-06-05 10:00  acme complains
  2026-06-09 14:00  anna calls acme
  2026-06-12 10:00  the complaint of acme is closed
  2026-06-16 10:00  the complaint of acme is open again
  2026-06-24 10:00  the complaint of acme is closed
  2026-08-10 10:00  the complaint of acme is open again
  2026-08-14 10:00  the complaint of acme is closed

then
  2026-06-09 00:00  acme: problem complaint2 due since 2026-06-09: day 4, limit 4
  2026-06-09 08:30  mail to anna about acme: "Acme: a complaint is still open"
  2026-06-11 08:30  mail to anna about acme: "Reminder: Acme: a complaint is still open", in the thread of 2026-06-09
  2026-06-12 10:00  acme: problem complaint2 done: the complaint was closed
  2026-06-16 10:00  acme: problem complaint2 open again: so is the complaint
  2026-06-18 08:30  mail to anna about acme: "Reminder: Acme: a complaint is still open", in the thread of 2026-06-09
  2026-06-24 10:00  acme: problem complaint2 done: the complaint was closed
  2026-08-10 10:00  acme: problem complaint2 open again: so is the complaint
  2026-08-10 10:00  mail to anna about acme: "Reminder: Acme: a complaint is still open", in the thread of 2026-06-09
  2026-08-14 10:00  acme: problem complaint2 done: the complaint was closed
