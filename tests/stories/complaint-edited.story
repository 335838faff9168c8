story: a complaint gets another day, another number, is deleted and entered again

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule problem: after 2 working days
  the story runs from 2026-06-01 to 2026-08-10
  anna sells to acme, bolt, cano
  acme, bolt and cano bought on 2026-01-07

when
  2026-06-05 10:00  acme complains
  2026-06-05 10:00  bolt complains
  2026-06-05 10:00  cano complains
  2026-06-10 11:00  the complaint of acme moves to 2026-06-04
  2026-06-10 12:00  the complaint of bolt gets the number 4711
  2026-06-10 13:00  the complaint of cano disappears
  2026-06-12 13:00  cano complains, number complaint9
  2026-06-12 13:00  the complaint of cano moves to 2026-06-05

then
  2026-06-09 00:00  acme: problem complaint4 due since 2026-06-09: day 4, limit 4
  2026-06-09 00:00  bolt: problem complaint5 due since 2026-06-09: day 4, limit 4
  2026-06-09 00:00  cano: problem complaint6 due since 2026-06-09: day 4, limit 4
  2026-06-09 08:30  mail to anna about acme: "Acme: a complaint is still open"
  2026-06-09 08:30  mail to anna about bolt: "Bolt: a complaint is still open"
  2026-06-09 08:30  mail to anna about cano: "Cano: a complaint is still open"
  2026-06-10 11:00  acme: problem complaint4 moved from 2026-06-05 to 2026-06-04: the database was corrected
  2026-06-10 12:00  bolt: problem moved from complaint5 to 4711: the database was corrected
  2026-06-10 13:00  cano: problem complaint6 done: the complaint is no longer there
  2026-06-12 13:00  cano: problem moved from complaint6 to complaint9: the database was corrected
  2026-06-12 13:00  cano: problem complaint9 open again: so is the complaint
  2026-07-09 00:00  acme: problem complaint4 unanswered
  2026-07-09 00:00  bolt: problem 4711 unanswered
  2026-07-12 00:00  cano: problem complaint9 unanswered
