story: half of the orders are lost and restored

Twelve customers seem to be late at once: more than ten, more than five times what is usual, and more than a
tenth of all. Nobody hears of it, nor of what becomes late meanwhile; the admin does, every day. Once the orders are back
only those who really are late are left.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 60 days
  the story runs from 2026-06-01 to 2026-06-18
  anna sells to c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, acme, bolt
  c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and c12 bought 9 times, every 20 days until 2026-06-05
  acme bought on 2026-01-07, 2026-04-10
  bolt bought on 2026-01-07, 2026-04-14

when
  2026-06-11 10:00  the purchases of c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and c12 after 2026-04-10 are lost
  2026-06-12 11:00  followupd crashes
  2026-06-15 14:00  what was lost is restored

then
  2026-06-09 00:00  acme: lapse due since 2026-06-09: day 60, limit 60
  2026-06-09 08:30  mail to anna about acme: "Acme: 60 days without an order"
  2026-06-11 10:00  c1: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c10: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c11: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c12: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c2: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c3: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c4: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c5: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c6: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c7: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c8: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c9: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  Rule lapse suddenly has far more new cases than usual. 12 new cases on 11 June 2026, at most 10 are usual; it has 14 customers. Perhaps ...
  2026-06-11 10:00  mail to the admin: "followupd: Rule lapse suddenly has far more new cases than usual"
  2026-06-12 00:00  Rule lapse is still held back: 12 cases wait. Since 11 June 2026 nothing of it is told for the first time, ...
  2026-06-12 00:00  mail to the admin: "followupd: Rule lapse is still held back: 12 cases wait"
  2026-06-13 00:00  bolt: lapse due since 2026-06-13: day 60, limit 60
  2026-06-13 00:00  Rule lapse is still held back: 13 cases wait. Since 11 June 2026 nothing of it is told for the first time, ...
  2026-06-13 00:00  mail to the admin: "followupd: Rule lapse is still held back: 13 cases wait"
  2026-06-14 00:00  Rule lapse is still held back: 13 cases wait. Since 11 June 2026 nothing of it is told for the first time, ...
  2026-06-14 00:00  mail to the admin: "followupd: Rule lapse is still held back: 13 cases wait"
  2026-06-15 00:00  Rule lapse is still held back: 13 cases wait. Since 11 June 2026 nothing of it is told for the first time, ...
  2026-06-15 00:00  mail to the admin: "followupd: Rule lapse is still held back: 13 cases wait"
  2026-06-15 14:00  c1: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c10: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c11: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c12: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c2: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c3: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c4: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c5: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c6: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c7: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c8: lapse withdrawn: bought on 2026-06-05
  2026-06-15 14:00  c9: lapse withdrawn: bought on 2026-06-05
  2026-06-16 00:00  the mass change of rule lapse is over: still held of it: 1
  2026-06-16 08:30  mail to anna about bolt: "Bolt: 63 days without an order"
