story: what the caps hold back is counted in the digest

Three are due, two messages a day are enough, and the digest is one of them; and the digest shows only so many lines. What it leaves out it counts.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 2 follow-ups a day
  a weekly digest on monday
  at most 1 lines in each part of a digest
  rule lapse: after 90 days
  rule visit: every 30 days, tell weekly
  the story runs from 2026-06-07 to 2026-06-10
  anna sells to acme, bolt, cano
  acme, bolt and cano bought on 2026-01-07, 2026-03-10
  anna visited acme on 2026-05-08
  anna visited bolt on 2026-05-08
  anna visited cano on 2026-05-08

then
  2026-06-07 00:00  acme: visit due since 2026-06-07: day 30, limit 30
  2026-06-07 00:00  bolt: visit due since 2026-06-07: day 30, limit 30
  2026-06-07 00:00  cano: visit due since 2026-06-07: day 30, limit 30
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 3 new, 3 waiting
  2026-06-08 08:30  mail to anna: "Your week: 3 new, nothing open", new acme
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-09 08:30  mail to anna about bolt: "Bolt: 91 days without an order"
  2026-06-09 08:30  mail to anna about cano: "Cano: 91 days without an order"
