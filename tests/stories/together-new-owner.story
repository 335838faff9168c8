story: two things wait in one message, and the customer gets another salesperson

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  rule review: every 3 months, counting review
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10
  anna reviewed acme on 2026-03-08

when
  2026-06-08 08:00  the mail server is busy
  2026-06-08 08:30:20  acme belongs to ben
  2026-06-08 08:30:30  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  acme: review due since 2026-06-08: day 92, limit 92
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", also: "No account review for 92 days; one is due after 3 months. A proposal for your calendar is attached: Thursday 11 June, 13:00–14:00.", proposing 2026-06-11 13:00-14:00, not taken
  2026-06-08 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-08 08:31:04  acme: message dropped: somebody else is to be told
  2026-06-08 08:31:04  mail to ben about acme: "Acme: 90 days without an order", also: "No account review for 92 days; one is due after 3 months. A proposal for your calendar is attached: Thursday 11 June, 13:00–14:00.", proposing 2026-06-11 13:00-14:00
