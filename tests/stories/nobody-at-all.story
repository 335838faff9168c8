story: if there is nobody at all to tell, the admin hears, and nothing is forgotten

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10
  anna is away until 2026-06-09

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  Nobody can be told about the customers of salesperson anna. Neither they, their deputy, their managers nor ...
  2026-06-08 00:00  mail to the admin: "followupd: Nobody can be told about the customers of salesperson anna"
  2026-06-09 00:00  Nobody can be told about the customers of salesperson anna. Neither they, their deputy, their managers nor ...
  2026-06-09 00:00  mail to the admin: "followupd: Nobody can be told about the customers of salesperson anna"
  2026-06-10 08:30  mail to anna about acme: "Acme: 92 days without an order"
