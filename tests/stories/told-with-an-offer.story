story: a lapsed customer is told to the owner, with an offer

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 60 days, offer welcome-back
  the story runs from 2026-05-20 to 2026-06-10
  anna sells to acme
  ben sells to bolt
  acme bought on 2026-02-02, 2026-04-01
  bolt bought on 2026-02-02, 2026-05-15

then
  2026-05-31 00:00  acme: lapse due since 2026-05-31: day 60, limit 60
  2026-06-01 08:30  mail to anna about acme: "Acme: 61 days without an order", with an offer until 2026-06-15
