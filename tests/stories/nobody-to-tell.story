story: where nobody of the house can be told, somebody is asked to see to it

Anna is away and has neither deputy nor manager; Cano belongs to nobody. Dora is told about both.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  customers of nobody go to dora
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme, cano
  cano belongs to nobody
  dora sells to bolt
  bolt bought on 2026-06-01
  acme and cano bought on 2026-01-07, 2026-03-10
  anna is away until 2026-06-30

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to dora about acme: "Acme: 90 days without an order"
  2026-06-08 08:30  mail to dora about cano: "Cano: 90 days without an order"
