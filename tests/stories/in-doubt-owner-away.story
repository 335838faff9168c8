story: a mail in doubt to somebody who is away by then

Nobody else is there, so it waits. On Monday, when Anna is back, it is not told again: perhaps she has it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  the story runs from 2026-06-05 to 2026-07-01
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-07

when
  2026-06-05 08:00  the mail server takes mail and never answers
  2026-06-05 08:30:10  anna is away until 2026-06-05
  2026-06-05 08:30:20  the mail server works

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order", but no answer came
  2026-06-05 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-05 08:31:04  acme: message dropped, possibly delivered before: somebody else is to be told
  2026-06-05 08:31:04  Nobody can be told about the customers of salesperson anna. Neither they, their deputy, their managers nor ...
  2026-06-05 08:31:04  mail to the admin: "followupd: Nobody can be told about the customers of salesperson anna"
  2026-06-08 08:30  acme: lapse counts as told to anna, who possibly has it
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 93 days without an order", in the thread of 2026-06-05
