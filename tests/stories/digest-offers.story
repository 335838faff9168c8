story: offers told in a digest

Each newcomer has a code of its own in the digest; it holds from when the digest was taken. An offer that ends within the week is shown once
more.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  offer welcome-back: 10 percent, valid 20 days
  rule lapse: after 90 days, tell weekly, offer welcome-back
  the story runs from 2026-06-04 to 2026-07-01
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-06

when
  2026-06-16 12:00  bolt buys with the offer

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt, with an offer to acme until 2026-06-28, with an offer to bolt until 2026-06-28
  2026-06-15 08:30  weekly digest to anna by email: 2 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
  2026-06-16 12:00  bolt: lapse won: bought on 2026-06-16
  2026-06-16 12:00  bolt: offer ...
  2026-06-22 08:30  weekly digest to anna by email: 1 open, 1 won, 1 offers
  2026-06-22 08:30  mail to anna: "Your week: nothing new, 1 still open", open acme; won bolt; offers acme
  2026-06-29 08:30  weekly digest to anna by email: 1 open
  2026-06-29 08:30  mail to anna: "Your week: nothing new, 1 still open", open acme
