story: every order is owed its visits where the rule says so, and one call answers both

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule service (after-sale): orders every, steps 2 days
  the story runs from 2026-06-01 to 2026-09-01
  anna sells to acme
  acme ordered a1 on 2026-06-01, delivered on 2026-06-08
  acme ordered a2 on 2026-06-01, delivered on 2026-06-09

when
  2026-06-11 14:00  anna calls acme

then
  2026-06-10 00:00  acme: service a1/1 due since 2026-06-10: day 2, limit 2
  2026-06-10 08:30  mail to anna about acme: "Acme: service call 1 of 1"
  2026-06-11 00:00  acme: service a2/1 due since 2026-06-11: day 2, limit 2
  2026-06-11 08:30  mail to anna about acme: "Acme: service call 1 of 1"
  2026-06-11 14:00  acme: service a1/1 done: a contact was logged
  2026-06-11 14:00  acme: service a2/1 done: a contact was logged
