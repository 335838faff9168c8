story: a digest in doubt is not repeated where somebody in it is gone

Nobody knows whether the mail came, and Acme, who stands in it, is not in the database any more. It counts as told.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-07 to 2026-06-17
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-05

when
  2026-06-08 08:00  followupd crashes as soon as a mail has left
  2026-06-08 08:30:20  acme disappears from the database

then
  2026-06-07 00:00  acme: lapse due since 2026-06-03: day 94, limit 90
  2026-06-07 00:00  bolt: lapse due since 2026-06-03: day 94, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt
  2026-06-08 08:30  weekly digest of anna: message unknown: followupd stopped before the answer came
  2026-06-08 08:30:20  acme: lapse held: missing from the database
  2026-06-08 08:30:50  weekly digest of anna: message, the weekly digest for anna, dropped, possibly delivered before: it is not right any more
  2026-06-09 08:30:20  acme: lapse withdrawn: gone from the database
  2026-06-15 08:30  weekly digest to anna by email: 1 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 1 still open", open bolt
