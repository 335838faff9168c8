story: a digest with nothing in it is no mail

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-01 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-05, 2026-03-15

then
  2026-06-13 00:00  acme: lapse due since 2026-06-13: day 90, limit 90
  2026-06-15 08:30  weekly digest to anna by email: 1 new
  2026-06-15 08:30  mail to anna: "Your week: 1 new, nothing open", new acme
