story: a crash between a digest and its answer

The digest leaves, and followupd dies before it hears that it was taken. The very same mail leaves once more.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days, tell weekly, repeat 7 days, 1 times
  the story runs from 2026-06-07 to 2026-07-24
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-05

when
  2026-06-08 08:00  followupd crashes as soon as a mail has left

then
  2026-06-07 00:00  acme: lapse due since 2026-06-03: day 94, limit 90
  2026-06-07 00:00  bolt: lapse due since 2026-06-03: day 94, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt
  2026-06-08 08:30  weekly digest of anna: message unknown: followupd stopped before the answer came
  2026-06-08 08:30:50  weekly digest of anna: message tried again with the same bytes
  2026-06-08 08:30:50  the same mail again to anna: "Your week: 2 new, nothing open", new acme, bolt
  2026-06-15 08:30  weekly digest to anna by email: 2 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
  2026-06-22 08:30  weekly digest to anna by email: 2 open
  2026-06-22 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
  2026-06-29 08:30  weekly digest to anna by email: 2 open
  2026-06-29 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
  2026-07-06 08:30  weekly digest to anna by email: 2 open
  2026-07-06 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
  2026-07-13 08:30  weekly digest to anna by email: 2 open
  2026-07-13 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
  2026-07-15 00:00  acme: lapse unanswered
  2026-07-15 00:00  bolt: lapse unanswered
