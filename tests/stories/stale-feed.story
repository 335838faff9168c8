story: a feed that stands still accuses nobody

The import of invoices breaks. Acme's 90 days end meanwhile, but nobody can know whether it
bought: the admin hears about it once a day, and Anna hears nothing until purchases come in again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

when
  2026-06-02 15:00  from now on nobody buys
  2026-06-09 10:00  people buy again

then
  2026-06-06 00:00  The customer database seems to have stopped. The newest purchase in it is of 2 June 2026, 4 days ago; at most 3 ...
  2026-06-06 00:00  mail to the admin: "followupd: The customer database seems to have stopped"
  2026-06-07 00:00  The customer database seems to have stopped. The newest purchase in it is of 2 June 2026, 5 days ago; at most 3 ...
  2026-06-07 00:00  mail to the admin: "followupd: The customer database seems to have stopped"
  2026-06-08 00:00  The customer database seems to have stopped. The newest purchase in it is of 2 June 2026, 6 days ago; at most 3 ...
  2026-06-08 00:00  mail to the admin: "followupd: The customer database seems to have stopped"
  2026-06-09 00:00  The customer database seems to have stopped. The newest purchase in it is of 2 June 2026, 7 days ago; at most 3 ...
  2026-06-09 00:00  mail to the admin: "followupd: The customer database seems to have stopped"
  2026-06-09 12:00  acme: lapse due since 2026-06-06: day 93, limit 90
  2026-06-09 12:00  mail to anna about acme: "Acme: 93 days without an order"
