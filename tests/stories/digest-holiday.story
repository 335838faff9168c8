story: where Monday is a holiday the digest comes on Tuesday, and once

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  holidays of NO: 2026-06-08
  a weekly digest on monday at 10:00
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-02 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-05, 2026-03-05

then
  2026-06-03 00:00  acme: lapse due since 2026-06-03: day 90, limit 90
  2026-06-09 10:00  weekly digest to anna by email: 1 new
  2026-06-09 10:00  mail to anna: "Your week: 1 new, nothing open", new acme
  2026-06-15 10:00  weekly digest to anna by email: 1 open
  2026-06-15 10:00  mail to anna: "Your week: nothing new, 1 still open", open acme
