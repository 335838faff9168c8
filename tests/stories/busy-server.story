story: a server that is always too busy for one reader: after three days that is a no

given
  company in Europe/Oslo, working hours mon-fri 08:30-08:31
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-17
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server is busy for anna
  2026-06-14 10:00  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-08 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-09 08:30  acme: message tried again
  2026-06-09 08:30  the same mail again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-09 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-10 08:30  acme: message tried again
  2026-06-10 08:30  the same mail again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-10 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-11 08:30  acme: message tried again
  2026-06-11 08:30  the same mail again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-11 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-12 08:30  acme: message tried again
  2026-06-12 08:30  the same mail again to anna about acme: "Acme: 90 days without an order", not taken
  2026-06-12 08:30  acme: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-12 08:30  A message to anna was refused. Sending to anna@nordlys.example failed: the message was refused: 451 4.5.0 try ...
  2026-06-12 08:30  mail to the admin: "followupd: A message to anna was refused"
  2026-06-15 08:30  mail to anna about acme: "Acme: 97 days without an order"
