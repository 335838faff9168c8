story: a repeat that is due while the offer ends is the nudge

Repeats come every week, twice. The second one would come on the last day of the offer, or one day before: it comes with the nudge instead.
The reminder of the week before is an ordinary one.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome: 10 percent, valid 14 days, nudge 3 days
  rule lapse: after 90 days, offer welcome, repeat 7 days, 2 times
  the story runs from 2026-06-05 to 2026-07-25
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-22
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-08, with an offer until 2026-06-22
  2026-06-19 08:30  mail to anna about acme: "Acme: the offer holds only until Monday 22 June", in the thread of 2026-06-08, with an offer until 2026-06-22
  2026-07-19 00:00  acme: lapse unanswered
