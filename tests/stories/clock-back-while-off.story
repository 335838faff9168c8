story: the clock went back while followupd did not run

What was told stays told, though by the clock that is yet to come.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 1 day, 1 times
  the story runs from 2026-05-29 to 2026-06-03
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-02

when
  2026-06-01 12:00  followupd does not run until 2026-06-02 12:10
  2026-06-02 12:00  the clock jumps back by 2 days
  2026-05-31 12:00  followupd does not run until 2026-05-31 12:10

then
  2026-05-31 00:00  acme: lapse due since 2026-05-31: day 90, limit 90
  2026-06-01 08:30  mail to anna about acme: "Acme: 91 days without an order"
  2026-05-31 12:10  the clock went back by 23 hours; it showed last 2026-06-01T09:30:00Z
  2026-05-31 12:10  The clock of this machine cannot be believed. It went back by 23 hours while followupd did not run. Nobody is ...
  2026-05-31 12:10  mail to the admin: "followupd: The clock of this machine cannot be believed"
  2026-05-31 12:20  the clock is believed again: it has gone on steadily for ten minutes
  2026-06-01 12:20  mail to anna about acme: "Reminder: Acme: 91 days without an order", in the thread of 2026-06-01
