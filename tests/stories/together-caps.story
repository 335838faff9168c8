story: what one message says takes one place under the cap

At most two a day: Acme is due for two things, Bolt and Cano for one each.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 2 follow-ups a day
  rule lapse: after 90 days
  rule review: every 3 months, counting review
  the story runs from 2026-06-08 to 2026-06-11
  anna sells to acme, bolt, cano
  acme bought 4 times, every 30 days until 2026-03-10 for 300
  bolt bought 4 times, every 30 days until 2026-03-10 for 200
  cano bought 4 times, every 30 days until 2026-03-10 for 100
  anna reviewed acme on 2026-03-08
  anna reviewed bolt on 2026-04-08
  anna reviewed cano on 2026-04-08

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", also: "No account review for 92 days; one is due after 3 months. A proposal for your calendar is attached: Thursday 11 June, 13:00–14:00.", proposing 2026-06-11 13:00-14:00
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 90 days without an order"
  2026-06-09 08:30  mail to anna about cano: "Cano: 91 days without an order"
