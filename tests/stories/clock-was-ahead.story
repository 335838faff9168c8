story: the clock was a year ahead when followupd was started

It met the company so, and believed it. What it wrote then does not stall for a year once the clock is right, and nothing is
said twice.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 3 days, 1 times
  at most 1 follow-ups a day
  the story runs from 2027-06-01 06:00 to 2026-06-12
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-01

when
  2027-06-01 09:00  the clock jumps back by 364 days
  2026-06-02 09:10  the clock is released

then
  2027-06-01 06:00  acme: lapse due since 2027-05-30: day 457, limit 90
  2027-06-01 06:00  bolt: lapse due since 2027-05-30: day 457, limit 90
  2027-06-01 08:30  mail to anna about acme: "Acme: 457 days without an order"
  2026-06-02 09:00  the clock went back by 364 days; it should show 2027-06-01T07:00:00Z
  2026-06-02 09:00  The clock of this machine cannot be believed. It went back by 364 days. Nobody is judged and nobody is told until ...
  2026-06-02 09:00  mail to the admin: "followupd: The clock of this machine cannot be believed"
  2026-06-02 09:10  the clock is believed again: it was released
  2026-06-02 09:10  bolt: lapse moved from 2026-03-01#2 to 2026-03-01: one more period has passed
  2026-06-03 08:30  mail to anna about bolt: "Bolt: 94 days without an order"
  2026-06-05 09:10  mail to anna about acme: "Reminder: Acme: 457 days without an order", in the thread of 2027-06-01
  2026-06-08 08:30  mail to anna about bolt: "Reminder: Bolt: 94 days without an order", in the thread of 2026-06-03
