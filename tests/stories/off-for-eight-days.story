story: followupd did not run for eight days, or the clock is wrong

After more than a week nobody can tell. Sending waits until the kernel has asked somebody, or the admin says that the clock is right.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-18
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-09
  bolt bought on 2026-01-07, 2026-03-10

when
  2026-06-06 12:00  followupd does not run until 2026-06-15 10:00
  2026-06-15 12:00  bolt buys
  2026-06-15 13:00  the clock is released

then
  2026-06-15 10:00  the clock went forward by 8 days; it showed last 2026-06-06T09:00:00Z
  2026-06-15 10:00  The clock of this machine cannot be believed. It went forward by 8 days while followupd did not run. Nobody is ...
  2026-06-15 10:00  mail to the admin: "followupd: The clock of this machine cannot be believed"
  2026-06-15 13:00  the clock is believed again: it was released
  2026-06-15 13:00  acme: lapse due since 2026-06-07: day 98, limit 90
  2026-06-15 13:00  mail to anna about acme: "Acme: 98 days without an order"
