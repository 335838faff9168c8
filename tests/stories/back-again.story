story: a customer who was gone by mistake is back

The export lost Bolt for three days. That is no reason to forget about it, nor to tell Anna twice about Acme.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 10 days, 1 times
  the story runs from 2026-06-05 to 2026-06-30
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-07
  bolt bought on 2026-01-07, 2026-03-11

when
  2026-06-08 15:00  acme and bolt disappear from the database
  2026-06-11 15:00  acme and bolt are back in the database

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-08 15:00  acme: lapse held: missing from the database
  2026-06-09 15:00  acme: lapse withdrawn: gone from the database
  2026-06-11 15:00  acme: lapse open again: what closed it is gone
  2026-06-11 15:00  bolt: lapse due since 2026-06-09: day 92, limit 90
  2026-06-11 15:00  mail to anna about bolt: "Bolt: 92 days without an order"
  2026-06-22 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-05
  2026-06-22 08:30  mail to anna about bolt: "Reminder: Bolt: 92 days without an order", in the thread of 2026-06-11
