story: a database that cannot be read accuses nobody

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-07 to 2026-06-10
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-10

when
  2026-06-07 23:00  the database cannot be read
  2026-06-08 07:00  acme buys
  2026-06-08 10:00  the database can be read

then
  2026-06-07 23:00  the customer database cannot be read: the database is locked
  2026-06-08 00:00:47  The customer database cannot be read. It has failed for over an hour: the database is locked. Nobody is judged ...
  2026-06-08 00:00:47  mail to the admin: "followupd: The customer database cannot be read"
  2026-06-08 10:00:15  the customer database can be read again
  2026-06-08 10:00:15  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 10:00:15  mail to anna about bolt: "Bolt: 90 days without an order"
