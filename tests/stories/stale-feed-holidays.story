story: a feed that stands still over the holidays is not stale

A company that sells from Sunday to Thursday, and is closed for three days: nobody buys, and nothing is wrong with the database. Acme's
mail comes on the first day after. When the next two working days bring nothing either, it is said.

given
  company in Europe/Oslo, working hours sun-thu 08:30-17:00
  holidays of NO: 2026-06-07, 2026-06-08, 2026-06-09
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-14
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

when
  2026-06-04 15:00  from now on nobody buys

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-10 08:30  mail to anna about acme: "Acme: 94 days without an order"
  2026-06-12 00:00  The customer database seems to have stopped. The newest purchase in it is of 4 June 2026, 8 days ago; at most 7 ...
  2026-06-12 00:00  mail to the admin: "followupd: The customer database seems to have stopped"
  2026-06-13 00:00  The customer database seems to have stopped. The newest purchase in it is of 4 June 2026, 9 days ago; at most 7 ...
  2026-06-13 00:00  mail to the admin: "followupd: The customer database seems to have stopped"
