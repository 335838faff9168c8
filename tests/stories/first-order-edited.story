story: the first order of a prospect is cancelled, and its day of entry corrected

Acme ordered after Anna was told of it: won. The order is cancelled, and the case is open again, without a message. Bolt was entered with a wrong
day: when it is corrected, the case that was told goes with it, and only the next call is asked for again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule first-order: every 1 month
  the story runs from 2026-05-20 to 2026-07-10
  anna sells to acme, bolt
  acme is a customer since 2026-05-01
  bolt is a customer since 2026-05-01

when
  2026-06-05 10:00  acme buys for 500
  2026-06-08 10:00  the purchase of acme on 2026-06-05 disappears
  2026-06-09 10:00  bolt is a customer since 2026-05-04

then
  2026-06-01 00:00  acme: first-order due since 2026-06-01: day 31, limit 31
  2026-06-01 00:00  bolt: first-order due since 2026-06-01: day 31, limit 31
  2026-06-01 08:30  mail to anna about acme: "Acme: no order yet"
  2026-06-01 08:30  mail to anna about bolt: "Bolt: no order yet"
  2026-06-05 10:00  acme: first-order won: bought on 2026-06-05
  2026-06-08 10:00  acme: first-order open again: what closed it is gone
  2026-06-09 10:00  bolt: first-order moved from 2026-05-01+1 to 2026-05-04+1: the database was corrected
  2026-07-01 00:00  bolt: first-order unanswered
  2026-07-04 00:00  bolt: first-order due since 2026-07-04: day 61, limit 31
  2026-07-06 08:30  mail to anna about bolt: "Bolt: no order yet"
  2026-07-08 00:00  acme: first-order unanswered
  2026-07-08 00:00  acme: first-order due since 2026-07-01: day 68, limit 31
  2026-07-08 08:30  mail to anna about acme: "Acme: no order yet"
