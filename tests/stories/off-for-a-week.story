story: followupd did not run for a week

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 3 days, 1 times
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme, bolt, cano
  acme bought on 2026-01-07, 2026-03-07
  bolt and cano bought on 2026-01-07, 2026-03-10

when
  2026-06-06 12:00  followupd does not run until 2026-06-13 10:00
  2026-06-10 11:00  bolt buys

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-13 10:00  cano: lapse due since 2026-06-08: day 95, limit 90
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-05
  2026-06-15 08:30  mail to anna about cano: "Cano: 97 days without an order"
  2026-06-18 08:30  mail to anna about cano: "Reminder: Cano: 97 days without an order", in the thread of 2026-06-15
