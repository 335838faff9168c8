story: a mail in doubt, and the customer gets another salesperson

Perhaps Anna has the mail, but Acme is Ben's now: he is told, and Anna gets nothing more.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome-back: 10 percent, valid 14 days
  rule lapse: after 90 days, offer welcome-back
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-07

when
  2026-06-05 08:00  the mail server takes mail and never answers
  2026-06-05 08:30:10  acme belongs to ben
  2026-06-05 08:30:20  the mail server works

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-19, but no answer came
  2026-06-05 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-05 08:31:04  acme: message dropped, possibly delivered before: somebody else is to be told
  2026-06-05 08:31:04  mail to ben about acme: "Acme: 90 days without an order", with an offer until 2026-06-19
