story: the clock jumps ahead by three days

Somebody set it wrong, or it was wrong before: nobody knows yet. By it acme would be late. The admin is told at once, everybody
else only once the kernel says that the clock is synchronised.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-07
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-06
  bolt bought on 2026-01-07, 2026-03-01

when
  2026-06-01 10:00  the clock jumps forward by 3 days
  2026-06-04 11:00  bolt buys
  2026-06-05 14:00  the clock is synchronised

then
  2026-06-01 00:00  bolt: lapse due since 2026-05-30: day 92, limit 90
  2026-06-01 08:30  mail to anna about bolt: "Bolt: 92 days without an order"
  2026-06-04 10:00  the clock went forward by 3 days; it should show 2026-06-01T08:00:00Z
  2026-06-04 10:00  The clock of this machine cannot be believed. It went forward by 3 days. Nobody is judged and nobody is told ...
  2026-06-04 10:00  mail to the admin: "followupd: The clock of this machine cannot be believed"
  2026-06-05 14:00  the clock is believed again: it is synchronised
  2026-06-05 14:00  acme: lapse due since 2026-06-04: day 91, limit 90
  2026-06-05 14:00  bolt: lapse won: bought on 2026-06-04
  2026-06-05 14:00  mail to anna about acme: "Acme: 91 days without an order"
