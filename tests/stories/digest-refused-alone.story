story: a digest was refused, and there is nobody else

Anna has neither deputy nor manager. Her address is tried again the next day, with what was new in the digest, one by one.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-04 to 2026-06-17
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-06

when
  2026-06-05 12:00  the mail server refuses mail to anna
  2026-06-09 09:00  the mail server works

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt, not taken
  2026-06-08 08:30  weekly digest of anna: message refused 550 5.1.1: the recipient was refused: 550 5.1.1 no such user
  2026-06-08 08:30  The address of anna was refused. ...
  2026-06-08 08:30  mail to the admin: "followupd: The address of anna was refused"
  2026-06-08 08:30  Nobody can be told about the customers of salesperson anna. ...
  2026-06-08 08:30  mail to the admin: "followupd: Nobody can be told about the customers of salesperson anna"
  2026-06-09 00:00  Nobody can be told about the customers of salesperson anna. ...
  2026-06-09 00:00  mail to the admin: "followupd: Nobody can be told about the customers of salesperson anna"
  2026-06-09 12:00  mail to anna about acme: "Acme: 95 days without an order"
  2026-06-09 12:00  mail to anna about bolt: "Bolt: 95 days without an order"
  2026-06-15 08:30  weekly digest to anna by email: 2 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
