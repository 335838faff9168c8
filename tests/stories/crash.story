story: a crash between the mail and its answer

Mails to Anna leave, and followupd dies before it hears that they were taken. It starts again and does not
know: they are repeated, once each, with the same Message-ID.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  followupd crashes as soon as a mail has left

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-08 08:30  acme: message unknown: followupd stopped before the answer came
  2026-06-08 08:30:50  acme: message tried again with the same bytes
  2026-06-08 08:30:50  the same mail again to anna about acme: "Acme: 90 days without an order"
