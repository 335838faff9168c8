story: nobody knows whether a digest arrived, twice

It is repeated once with the same bytes. When that is not answered either, it counts as told, and the offers in it hold.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  offer welcome-back: 10 percent, valid 20 days
  rule lapse: after 90 days, tell weekly, offer welcome-back
  the story runs from 2026-06-04 to 2026-06-17
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-06

when
  2026-06-08 08:00  the mail server takes mail and never answers
  2026-06-08 12:00  the mail server works
  2026-06-09 12:00  bolt buys with the offer

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt, with an offer to acme until 2026-06-28, with an offer to bolt until 2026-06-28, but no answer came
  2026-06-08 08:30  weekly digest of anna: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:31:04  weekly digest of anna: message tried again with the same bytes
  2026-06-08 08:31:04  the same mail again to anna: "Your week: 2 new, nothing open", new acme, bolt, with an offer to acme until 2026-06-28, with an offer to bolt until 2026-06-28, but no answer came
  2026-06-08 08:31:04  weekly digest of anna: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:31:04  weekly digest of anna: message was possibly delivered; it counts as told
  2026-06-09 12:00  bolt: lapse won: bought on 2026-06-09
  2026-06-09 12:00  bolt: offer ...
  2026-06-15 08:30  weekly digest to anna by email: 1 open, 1 won
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 1 still open", open acme; won bolt
