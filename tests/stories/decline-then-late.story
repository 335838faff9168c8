story: who buys less and then nothing at all is late, and no longer in decline

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule decline: share 60
  rule lapse: after 60 days
  the story runs from 2026-05-01 to 2026-10-01
  anna sells to acme
  acme bought 20 times, every 10 days until 2026-05-01 for 1000

when
  2026-05-15 11:00  acme buys for 100
  2026-05-25 11:00  acme buys for 100
  2026-06-05 11:00  acme buys for 100

then
  2026-06-01 00:00  acme: decline due since 2026-06-01: 53 % of the usual in 60 days, limit 60 %
  2026-06-01 08:30  mail to anna about acme: "Acme buys less than usual"
  2026-07-01 00:00  acme: decline unanswered
  2026-08-04 00:00  acme: lapse due since 2026-08-04: day 60, limit 60
  2026-08-04 08:30  mail to anna about acme: "Acme: 60 days without an order"
  2026-09-03 00:00  acme: lapse unanswered
