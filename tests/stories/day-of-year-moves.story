story: the birthday was wrong, and is congratulated once

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule birthday (occasion): on x_birthday
  the story runs from 2026-05-01 to 2026-12-01
  anna sells to acme
  acme has x_birthday 1980-05-04

when
  2026-05-07 10:00  acme has x_birthday 1980-05-14
  2026-06-20 10:00  acme has x_birthday 1980-09-14

then
  2026-05-04 00:00  acme: birthday 2026 due since 2026-05-04: for 2026-05-04
  2026-05-04 08:30  mail to anna about acme: "Acme: birthday"
  2026-05-07 10:00  acme: birthday 2026 moved from 2026-05-04 to 2026-05-14: the database was corrected
  2026-06-03 00:00  acme: birthday 2026 unanswered
