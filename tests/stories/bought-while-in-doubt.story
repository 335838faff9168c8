story: while nobody knows whether the mail arrived, the customer buys

The mail is not repeated: it would be stale. Perhaps Anna has it, so it counts as told.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 90 days, offer welcome-back
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server takes mail and never answers
  2026-06-08 08:30:10  acme buys
  2026-06-08 11:00  acme buys with the offer

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-22, but no answer came
  2026-06-08 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:30:10  acme: lapse withdrawn: bought on 2026-06-08
  2026-06-08 08:30:10  acme: message dropped, possibly delivered before
  2026-06-08 11:00  acme: offer ...
