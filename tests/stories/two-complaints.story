story: two complaints of one customer are two cases

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule problem: after 2 working days
  the story runs from 2026-06-01 to 2026-08-10
  anna sells to acme
  acme bought on 2026-01-07

when
  2026-06-03 10:00  acme complains
  2026-06-04 10:00  acme complains
  2026-06-10 10:00  the complaint of acme is closed

then
  2026-06-05 00:00  acme: problem complaint2 due since 2026-06-05: day 2, limit 2
  2026-06-05 08:30  mail to anna about acme: "Acme: a complaint is still open"
  2026-06-08 00:00  acme: problem complaint3 due since 2026-06-08: day 4, limit 4
  2026-06-08 08:30  mail to anna about acme: "Acme: a complaint is still open"
  2026-06-10 10:00  acme: problem complaint3 done: the complaint was closed
  2026-07-05 00:00  acme: problem complaint2 unanswered
