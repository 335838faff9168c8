story: late and due for a first review at the same time: one message says both, and that there never was one

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  rule review: every 3 months, counting review
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10
  acme is a customer since 2026-03-08

when
  2026-06-10 10:00  anna reviews acme

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", also: "No account review is on record since 8 March 2026 (92 days); one is due after 3 months. A proposal for your calendar is attached: Thursday 11 June, 13:00–14:00.", proposing 2026-06-11 13:00-14:00
  2026-06-10 10:00  acme: lapse done: a contact was logged
  2026-06-10 10:00  acme: review done: a contact was logged
