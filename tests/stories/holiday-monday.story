story: what is due on a holiday Monday is told on Tuesday

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  holidays of NO: 2026-05-14, 2026-05-25
  rule lapse: after 90 days
  the story runs from 2026-05-20 to 2026-06-01
  anna sells to acme
  acme bought on 2026-01-07, 2026-02-24

then
  2026-05-25 00:00  acme: lapse due since 2026-05-25: day 90, limit 90
  2026-05-26 08:30  mail to anna about acme: "Acme: 91 days without an order"
