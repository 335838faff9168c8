story: a digest that was not taken tells what there is to tell when it is tried again

One line is all that it shows. Acme stood there when the server was busy; then an order of Bolt, the larger customer, turns out
to be a mistake, and it is Bolt of whom Anna hears. Acme waits for the next week, as if nothing had been.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  at most 1 lines in each part of a digest
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-07 to 2026-06-17
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-05
  bolt bought on 2026-01-07, 2026-03-05, 2026-06-01 for 900000

when
  2026-06-08 08:00  the mail server is busy
  2026-06-08 08:30:20  the purchase of bolt on 2026-06-01 disappears
  2026-06-08 08:30:30  the mail server works

then
  2026-06-07 00:00  acme: lapse due since 2026-06-03: day 94, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 1 new
  2026-06-08 08:30  mail to anna: "Your week: 1 new, nothing open", new acme, not taken
  2026-06-08 08:30  weekly digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-08 08:30:20  bolt: lapse due since 2026-06-03: day 95, limit 90
  2026-06-08 08:31:04  weekly digest to anna by email: 2 new
  2026-06-08 08:31:04  the same mail again to anna: "Your week: 2 new, nothing open, over 4,900,000 a year at risk", new bolt
  2026-06-15 08:30  weekly digest to anna by email: 1 new, 1 open
  2026-06-15 08:30  mail to anna: "Your week: 1 new, 1 still open, 4,900,000 a year at risk", new acme; open bolt
