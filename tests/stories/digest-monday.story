story: on Monday one mail tells all that is on the table

What the rule found during the week waits for Monday; then one mail has the newcomers first, by money at risk, and all
else that Anna should know. Who bought on Sunday is not in it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 90 days, watch 60 days, tell weekly, offer welcome-back
  the story runs from 2026-06-02 to 2026-06-24
  anna sells to acme, bolt, cano, dora
  acme bought on 2026-01-05, 2026-03-05 for 100
  bolt bought on 2026-01-05, 2026-03-06 for 900
  cano bought on 2026-01-05, 2026-03-07 for 100
  dora bought on 2026-01-05, 2026-04-02 for 100

when
  2026-06-07 14:00  cano buys
  2026-06-09 10:00  bolt is recorded as snoozed
  2026-06-11 10:00  acme buys for 250

then
  2026-06-02 08:30  weekly digest to anna by email: 4 watched
  2026-06-02 08:30  mail to anna: "Your week: 4 to keep an eye on", watch bolt, acme, cano, dora
  2026-06-03 00:00  acme: lapse due since 2026-06-03: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-05 00:00  cano: lapse due since 2026-06-05: day 90, limit 90
  2026-06-07 14:00  cano: lapse withdrawn: bought on 2026-06-07
  2026-06-08 08:30  weekly digest to anna by email: 2 new, 1 watched
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open, 5,150 a year at risk", new bolt, acme; watch dora, with an offer to bolt until 2026-06-22, with an offer to acme until 2026-06-22
  2026-06-11 10:00  acme: lapse won: bought on 2026-06-11
  2026-06-15 08:30  weekly digest to anna by email: 1 snoozed, 1 watched, 1 won
  2026-06-15 08:30  mail to anna: "Your week: 1 put off, 1 to keep an eye on, 1 won back", snoozed bolt; watch dora; won acme
  2026-06-16 08:30  mail to anna about bolt: "Reminder: Bolt: 94 days without an order", in the thread of 2026-06-08, with an offer until 2026-06-22
  2026-06-22 08:30  weekly digest to anna by email: 1 open, 1 watched, 1 offers
  2026-06-22 08:30  mail to anna: "Your week: nothing new, 1 still open, 4,640 a year at risk", open bolt; watch dora; offers bolt
