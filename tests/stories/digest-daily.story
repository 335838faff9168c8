story: a rule that is told once a day

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, tell daily, repeat 2 days, 1 times
  the story runs from 2026-06-01 to 2026-06-12
  anna sells to acme, bolt, cano
  acme and bolt bought on 2026-01-07, 2026-03-05
  cano bought on 2026-01-07, 2026-03-07

then
  2026-06-03 00:00  acme: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 00:00  bolt: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 08:30  daily digest to anna by email: 2 new
  2026-06-03 08:30  mail to anna: "Today: 2 customers to call" acme, bolt
  2026-06-05 00:00  cano: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  daily digest to anna by email: 1 new, 2 open
  2026-06-05 08:30  mail to anna: "Today: 3 customers to call" cano; open acme, bolt
  2026-06-08 08:30  daily digest to anna by email: 1 open
  2026-06-08 08:30  mail to anna: "Today: 1 customer to call", open cano
