story: a refused address: the manager is told, and the admin hears

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-06-12
  anna sells to acme
  eva is the manager of anna
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-05 12:00  the mail server refuses mail to anna

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:30  acme: message refused 550 5.1.1: the recipient was refused: 550 5.1.1 no such user
  2026-06-08 08:30  The address of anna was refused. Sending to anna@nordlys.example failed: the recipient was refused: 550 5.1.1 no ...
  2026-06-08 08:30  mail to the admin: "followupd: The address of anna was refused"
  2026-06-08 08:30  mail to eva about acme: "Acme: 90 days without an order"
