story: two things in one message that waits: the customer buys, and the review goes on alone

The mail server is busy; before the next try Acme buys. The mail that comes says nothing of the silence, and its offer is void.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 90 days, offer welcome-back
  rule review: every 3 months, counting review
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10
  anna reviewed acme on 2026-03-08

when
  2026-06-08 08:00  the mail server is busy
  2026-06-08 08:30:20  acme buys
  2026-06-08 08:30:30  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", also: "No account review for 92 days; one is due after 3 months. A proposal for your calendar is attached: Thursday 11 June, 13:00–14:00.", with an offer until 2026-06-22, proposing 2026-06-11 13:00-14:00, not taken
  2026-06-08 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-08 08:30:20  acme: lapse withdrawn: bought on 2026-06-08
  2026-06-08 08:30:20  acme: message goes on without lapse
  2026-06-08 08:31:04  acme: message tried again
  2026-06-08 08:31:04  the same mail again to anna about acme: "Acme: account review", proposing 2026-06-11 13:00-14:00
