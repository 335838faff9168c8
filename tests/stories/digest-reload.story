story: the settings are read again while a digest is in doubt

The very same mail leaves once more; no reload after that makes another.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-04 to 2026-06-17
  anna sells to acme, bolt
  acme and bolt bought on 2026-01-07, 2026-03-06

when
  2026-06-08 08:00  the mail server takes mail and never answers
  2026-06-08 08:30:30  followupd reads its settings again
  2026-06-08 08:31  the mail server works
  2026-06-08 12:00  followupd reads its settings again

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt, but no answer came
  2026-06-08 08:30  weekly digest of anna: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:31:04  weekly digest of anna: message tried again with the same bytes
  2026-06-08 08:31:04  the same mail again to anna: "Your week: 2 new, nothing open", new acme, bolt
  2026-06-15 08:30  weekly digest to anna by email: 2 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt
