story: the monthly visit, told on Mondays

Anna visits on the very Monday she is told; the next month's visit is due a month after that.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  categories everyone, key
  rule visit: every 1 year for everyone, every 1 months for key, tell monday
  the story runs from 2026-05-01 to 2026-08-01
  anna sells to acme
  acme is of category key
  anna visited acme on 2026-04-30
  acme bought on 2026-04-01

when
  2026-06-01 15:00  anna visits acme
  2026-07-07 15:00  anna calls acme

then
  2026-05-30 00:00  acme: visit due since 2026-05-30: day 30, limit 30
  2026-06-01 08:30  mail to anna about acme: "Acme: time to say hello", proposing 2026-06-05 14:30-15:00
  2026-06-01 15:00  acme: visit done: a contact was logged
  2026-07-01 00:00  acme: visit due since 2026-07-01: day 30, limit 30
  2026-07-06 08:30  mail to anna about acme: "Acme: time to say hello", proposing 2026-07-09 11:00-11:30
  2026-07-07 15:00  acme: visit done: a contact was logged
