story: a nudge that could not be sent in time is not sent at all

The server lets nobody in on the last day of the offer, a Monday, the only working day on which there is time for it. Then nothing is left to say: no reminder is set.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome: 10 percent, valid 14 days, nudge 1 day
  rule lapse: after 90 days, offer welcome
  the story runs from 2026-06-05 to 2026-07-25
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-22 08:00  the mail server refuses our password
  2026-06-23 10:00  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-22
  2026-06-22 08:30  acme: message later 535 5.7.8: the login was refused (see user and its secret): 535 5.7.8 authentication failed
  2026-06-22 08:30  Channel email is stopped. The reason: the login was refused (see user and its secret): 535 5.7.8 authentication failed. ...
  2026-06-23 08:30  the admin: message later 535 5.7.8: the login was refused (see user and its secret): 535 5.7.8 authentication failed
  2026-06-23 08:30  Channel email is stopped. The reason: the login was refused (see user and its secret): 535 5.7.8 authentication failed. ...
  2026-06-23 08:30  acme: message dropped: its offer has ended
  2026-06-24 08:30  mail to the admin: "followupd: Channel email is stopped"
  2026-06-24 08:30  mail to the admin: "followupd: Channel email is stopped"
  2026-07-08 00:00  acme: lapse unanswered
