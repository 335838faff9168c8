story: a customer who asks not to be contacted is in no digest

Acme asks before the digest is made; Bolt while it waits for a server that is away; Cano after it was told.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  offer welcome-back: 10 percent, valid 20 days
  rule lapse: after 90 days, tell weekly, offer welcome-back
  the story runs from 2026-06-04 to 2026-06-17
  anna sells to acme, bolt, cano
  acme, bolt and cano bought on 2026-01-07, 2026-03-06

when
  2026-06-07 12:00  acme asks not to be contacted
  2026-06-08 08:00  the mail server is away
  2026-06-08 08:34  bolt asks not to be contacted
  2026-06-08 08:35  the mail server works
  2026-06-10 08:40  cano asks not to be contacted

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  cano: lapse due since 2026-06-04: day 90, limit 90
  2026-06-07 12:00  acme: lapse withdrawn: the customer asked not to be contacted
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  weekly digest of anna: message later exit 7: Connection refused
  2026-06-08 08:30  channel email waits until it answers again: Connection refused
  2026-06-08 08:31  weekly digest to anna by email: 2 new
  2026-06-08 08:31  weekly digest of anna: message later exit 7: Connection refused
  2026-06-08 08:32:55  weekly digest to anna by email: 2 new
  2026-06-08 08:32:55  weekly digest of anna: message later exit 7: Connection refused
  2026-06-08 08:34  bolt: lapse withdrawn: the customer asked not to be contacted
  2026-06-08 08:36:21  weekly digest to anna by email: 1 new
  2026-06-08 08:36:21  mail to anna: "Your week: 1 new, nothing open", new cano, with an offer to cano until 2026-06-28
  2026-06-08 08:36:21  channel email answers again
  2026-06-10 08:40  cano: lapse withdrawn: the customer asked not to be contacted
