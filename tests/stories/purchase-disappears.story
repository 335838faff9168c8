story: the purchase that closed a case was a mistake: it opens again, without a message

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  the story runs from 2026-06-01 to 2026-08-01
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

when
  2026-06-10 11:00  acme buys
  2026-06-11 11:00  the purchase of acme on 2026-06-10 disappears

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order"
  2026-06-10 11:00  acme: lapse won: bought on 2026-06-10
  2026-06-11 11:00  acme: lapse open again: what closed it is gone
  2026-06-18 08:30  mail to anna about acme: "Reminder: Acme: 92 days without an order", in the thread of 2026-06-08
  2026-07-18 00:00  acme: lapse unanswered
