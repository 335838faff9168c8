story: a digest that could not leave in time

What stands for Wednesday is not said on Thursday as if it were new: the digest is dropped, the admin hears, and Thursday's has the same
customers.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on friday at 15:30
  rule lapse: after 90 days, tell daily
  the story runs from 2026-06-02 to 2026-06-05
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-05

when
  2026-06-03 08:00  the mail server is busy for anna
  2026-06-04 08:00  the mail server works

then
  2026-06-03 00:00  acme: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 00:00  bolt: lapse due since 2026-06-03: day 90, limit 90
  2026-06-03 15:30  daily digest to anna by email: 2 new
  2026-06-03 15:30  mail to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 15:30  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-03 15:31:04  daily digest to anna by email: 2 new
  2026-06-03 15:31:04  the same mail again to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 15:31:04  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-03 15:33:05  daily digest to anna by email: 2 new
  2026-06-03 15:33:05  the same mail again to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 15:33:05  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-03 15:37:12  daily digest to anna by email: 2 new
  2026-06-03 15:37:12  the same mail again to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 15:37:12  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-03 15:44:52  daily digest to anna by email: 2 new
  2026-06-03 15:44:52  the same mail again to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 15:44:52  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-03 16:02:07  daily digest to anna by email: 2 new
  2026-06-03 16:02:07  the same mail again to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 16:02:07  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-03 16:29:34  daily digest to anna by email: 2 new
  2026-06-03 16:29:34  the same mail again to anna: "Today: 2 customers to call" acme, bolt, not taken
  2026-06-03 16:29:34  daily digest of anna: message later 451 4.5.0: the message was refused: 451 4.5.0 try again later
  2026-06-04 00:19:16  daily digest of anna: message, the daily digest for anna, dropped: it could not leave in time
  2026-06-04 00:19:16  A digest for anna was not sent. ...
  2026-06-04 00:19:16  mail to the admin: "followupd: A digest for anna was not sent"
  2026-06-04 15:30  daily digest to anna by email: 2 new
  2026-06-04 15:30  mail to anna: "Today: 2 customers to call" acme, bolt
