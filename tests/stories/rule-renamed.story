story: a rule gets another id: what was told under the old one goes on, and nobody hears twice

Acme was told, Bolt waits for its turn. Cano becomes due when the rule is called something else already.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme, bolt, cano
  acme bought on 2026-01-07, 2026-03-07
  bolt bought on 2026-01-07, 2026-03-09
  cano bought on 2026-01-07, 2026-03-12

when
  2026-06-07 10:00  rule lapse is called silence from now on

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-07 00:00  bolt: lapse due since 2026-06-07: day 90, limit 90
  2026-06-07 10:00  rule silence takes over 2 follow-ups of lapse
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 91 days without an order"
  2026-06-10 00:00  cano: silence due since 2026-06-10: day 90, limit 90
  2026-06-10 08:30  mail to anna about cano: "Cano: 90 days without an order"
  2026-06-12 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-05
  2026-06-15 08:30  mail to anna about bolt: "Reminder: Bolt: 91 days without an order", in the thread of 2026-06-08
  2026-06-17 08:30  mail to anna about cano: "Reminder: Cano: 90 days without an order", in the thread of 2026-06-10
