story: whoever is missing, somebody is told

Anna has no address, and neither deputy nor manager. Ben has left. Cara and Dora report to each other, and both are away. Nobody knows
whose Eton is. Frank, who is told of what belongs to nobody, is on holiday; his deputy is not.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  customers of nobody go to frank
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme
  ben sells to bolt
  cara sells to cano
  dora sells to delo
  eva sells to eton
  fred sells to fort
  gina is the deputy of frank
  cara is the manager of dora
  dora is the manager of cara
  eva is the manager of fred
  acme, bolt, cano, delo, eton and fort bought on 2026-01-07, 2026-03-10
  anna has no mail address
  ben leaves the company
  cara is away until 2026-06-30
  dora is away until 2026-06-30
  eton belongs to nobody
  fred leaves the company
  frank is away until 2026-06-08

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  delo: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  eton: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  fort: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to gina about acme: "Acme: 90 days without an order"
  2026-06-08 08:30  mail to gina about bolt: "Bolt: 90 days without an order"
  2026-06-08 08:30  mail to gina about cano: "Cano: 90 days without an order"
  2026-06-08 08:30  mail to gina about delo: "Delo: 90 days without an order"
  2026-06-08 08:30  mail to gina about eton: "Eton: 90 days without an order"
  2026-06-08 08:30  mail to eva about fort: "Fort: 90 days without an order"
