story: the clock goes back by three hours

A mail waits to be tried again. No program keeps this machine's clock, so nobody will ever say whether it is right: after ten quiet
minutes it is believed.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-04
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-03

when
  2026-06-01 08:20  the mail server is busy for anna
  2026-06-01 08:30:30  the clock jumps back by 3 hours
  2026-06-01 06:00  the mail server works

then
  2026-06-01 00:00  acme: lapse due since 2026-06-01: day 90, limit 90
  2026-06-01 08:30  mail to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-01 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-01 05:30:30  the clock went back by 3 hours; it should show 2026-06-01T06:30:30Z
  2026-06-01 05:30:30  The clock of this machine cannot be believed. It went back by 3 hours. Nobody is judged and nobody is told ...
  2026-06-01 05:30:30  mail to the admin: "followupd: The clock of this machine cannot be believed"
  2026-06-01 05:40:30  the clock is believed again: it has gone on steadily for ten minutes
  2026-06-01 08:30  acme: message tried again
  2026-06-01 08:30  the same mail again to anna about acme: "Acme: 90 days without an order"
