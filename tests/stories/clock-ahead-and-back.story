story: the clock is ten years ahead for an hour

As soon as it is right again all goes on, at its time: nobody was judged by the wrong one, and the reminder waits neither shorter nor
longer.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 3 days, 1 times
  the story runs from 2026-06-01 to 2026-06-08
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-03

when
  2026-06-02 10:00  the clock jumps forward by 3652 days
  2036-06-01 11:00  the clock jumps back by 3652 days

then
  2026-06-01 00:00  acme: lapse due since 2026-06-01: day 90, limit 90
  2026-06-01 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2036-06-01 10:00  the clock went forward by 3652 days; it should show 2026-06-02T08:00:00Z
  2036-06-01 10:00  The clock of this machine cannot be believed. It went forward by 3,652 days. Nobody is judged and nobody is told ...
  2036-06-01 10:00  mail to the admin: "followupd: The clock of this machine cannot be believed"
  2026-06-02 11:00  the clock is believed again: it is back where it should be
  2026-06-04 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-01
