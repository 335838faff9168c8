story: a digest that waits is made anew, and only what it says then is told

At 08:30 the only line there is room for is Acme. The server is away; meanwhile a purchase of Bolt turns out to be none, and Bolt is worth
more. The digest that arrives names Bolt, so Acme is still to be told: a week later.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  at most 1 lines in each part of a digest
  offer welcome-back: 10 percent, valid 20 days
  rule lapse: after 90 days, tell weekly, offer welcome-back
  the story runs from 2026-06-04 to 2026-06-24
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-06 for 100
  bolt bought on 2026-01-07, 2026-03-06, 2026-05-20 for 900

when
  2026-06-08 08:00  the mail server is away
  2026-06-08 08:33  the purchase of bolt on 2026-05-20 disappears
  2026-06-08 08:35  the mail server works

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 1 new
  2026-06-08 08:30  weekly digest of anna: message later exit 7: Connection refused
  2026-06-08 08:30  channel email waits until it answers again: Connection refused
  2026-06-08 08:31  weekly digest to anna by email: 1 new
  2026-06-08 08:31  weekly digest of anna: message later exit 7: Connection refused
  2026-06-08 08:32:55  weekly digest to anna by email: 1 new
  2026-06-08 08:32:55  weekly digest of anna: message later exit 7: Connection refused
  2026-06-08 08:33  bolt: lapse due since 2026-06-04: day 94, limit 90
  2026-06-08 08:36:21  weekly digest to anna by email: 2 new
  2026-06-08 08:36:21  mail to anna: "Your week: 2 new, nothing open, over 5,140 a year at risk", new bolt, with an offer to bolt until 2026-06-28
  2026-06-08 08:36:21  channel email answers again
  2026-06-15 08:30  weekly digest to anna by email: 1 new, 1 open
  2026-06-15 08:30  mail to anna: "Your week: 1 new, 1 still open, 5,770 a year at risk", new acme; open bolt, with an offer to acme until 2026-07-05
  2026-06-22 08:30  weekly digest to anna by email: 2 open, 1 offers
  2026-06-22 08:30  mail to anna: "Your week: nothing new, 2 still open, over 5,140 a year at risk", open bolt; offers bolt
