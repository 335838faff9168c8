story: two customers are merged: who heard of one does not hear of both

Acme was told to Anna, Bolt waits for its turn: they were one company all along. The reminder about Acme comes in its time, and it knows
the orders of both.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times, offer welcome
  offer welcome: 10 percent, valid 1 month
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme, bolt, cano, delo
  acme bought on 2026-01-07, 2026-03-07
  bolt bought on 2026-01-07, 2026-03-08
  cano bought on 2026-01-07, 2026-03-07
  delo bought on 2026-01-07, 2026-03-07

when
  2026-06-06 12:00  acme is merged into bolt
  2026-06-09 12:00  cano is merged into delo

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 00:00  cano: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 00:00  delo: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-07-05
  2026-06-05 08:30  mail to anna about cano: "Cano: 90 days without an order", with an offer until 2026-07-05
  2026-06-05 08:30  mail to anna about delo: "Delo: 90 days without an order", with an offer until 2026-07-05
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 12:00  bolt: is also what is remembered of customer acme
  2026-06-06 12:00  bolt: lapse moved from 2026-03-07 to 2026-03-08: the database was corrected
  2026-06-09 12:00  delo: is also what is remembered of customer cano
  2026-06-12 08:30  mail to anna about bolt: "Reminder: Bolt: 90 days without an order", in the thread of 2026-06-05, with an offer until 2026-07-05
  2026-06-12 08:30  mail to anna about delo: "Reminder: Delo: 90 days without an order", in the thread of 2026-06-05, with an offer until 2026-07-05
