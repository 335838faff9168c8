story: in doubt, bought, and the purchase disappears

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  the story runs from 2026-06-08 to 2026-08-20
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server takes mail and never answers
  2026-06-08 08:30:20  acme buys
  2026-06-08 10:00  the purchase of acme on 2026-06-08 disappears
  2026-06-08 10:01  the mail server works

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", but no answer came
  2026-06-08 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:30:20  acme: lapse withdrawn: bought on 2026-06-08
  2026-06-08 08:30:20  acme: message dropped, possibly delivered before
  2026-06-08 10:00  acme: lapse open again: what closed it is gone
  2026-06-08 10:00  acme: lapse counts as told to anna, who possibly has it
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-08
  2026-07-15 00:00  acme: lapse unanswered
