story: the digest of somebody who is away goes to the deputy

Ben's own digest has Anna's customers in it, by her name. When Anna is back on Tuesday she gets hers, in which nothing is
new any more.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  rule lapse: after 90 days, tell weekly
  the story runs from 2026-06-03 to 2026-06-17
  anna sells to acme
  ben sells to bolt
  ben is the deputy of anna
  acme and bolt bought on 2026-01-07, 2026-03-06

when
  2026-06-05 12:00  anna is away until 2026-06-08

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to ben by email: 2 new
  2026-06-08 08:30  mail to ben: "Your week: 2 new, nothing open", new acme, bolt
  2026-06-09 08:30  weekly digest to anna by email: 1 open
  2026-06-09 08:30  mail to anna: "Your week: nothing new, 1 still open", open acme
  2026-06-15 08:30  weekly digest to anna by email: 1 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 1 still open", open acme
  2026-06-15 08:30  weekly digest to ben by email: 1 open
  2026-06-15 08:30  mail to ben: "Your week: nothing new, 1 still open", open bolt
