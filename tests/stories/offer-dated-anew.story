story: an offer that nobody saw is dated anew

The server turns us away from Monday to Wednesday. The mail that leaves at last is written anew: its offer holds
for two days from Wednesday, not from Monday.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer quick: 10 percent, valid 2 days
  rule lapse: after 90 days, offer quick
  the story runs from 2026-06-08 to 2026-06-13
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server refuses our password
  2026-06-10 08:00  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  acme: message later 535 5.7.8: the login was refused (see user and its secret): 535 5.7.8 authentication failed
  2026-06-08 08:30  Channel email is stopped. The reason: the login was refused (see user and its secret): 535 5.7.8 authentication ...
  2026-06-09 08:30  the admin: message later 535 5.7.8: the login was refused (see user and its secret): 535 5.7.8 authentication failed
  2026-06-09 08:30  Channel email is stopped. The reason: the login was refused (see user and its secret): 535 5.7.8 authentication ...
  2026-06-10 08:30  mail to the admin: "followupd: Channel email is stopped"
  2026-06-10 08:30  mail to the admin: "followupd: Channel email is stopped"
  2026-06-10 08:30  acme: message tried again
  2026-06-10 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-12
