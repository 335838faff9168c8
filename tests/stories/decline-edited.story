story: orders that were typed wrong, moved and cancelled: the case of a decline stays one

Acme bought for 1000 every ten days; then, so it seems, three times for 50. Anna is told. Two of the orders had been typed with digits too few and
are entered anew, so there was no decline. Bolt's case is told, too; one of its small orders turns out to be of the day before and one is cancelled: it
is still the same case, until it buys nothing at all.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule decline: repeat 30 days, 1 times
  the story runs from 2026-05-01 to 2026-08-01
  anna sells to acme, bolt
  acme bought 20 times, every 10 days until 2026-05-01 for 1000
  bolt bought 20 times, every 10 days until 2026-05-01 for 1000

when
  2026-05-11 11:00  acme buys for 50
  2026-05-11 11:00  bolt buys for 50
  2026-05-21 11:00  acme buys for 50
  2026-05-21 11:00  bolt buys for 50
  2026-05-31 11:00  acme buys for 50
  2026-05-31 11:00  bolt buys for 50
  2026-06-03 11:00  the purchase of acme on 2026-05-21 disappears
  2026-06-03 11:05  acme bought on 2026-05-21 for 1000
  2026-06-03 11:10  the purchase of acme on 2026-05-31 disappears
  2026-06-03 11:15  acme bought on 2026-05-31 for 1000
  2026-06-04 11:00  the purchase of bolt on 2026-05-21 moves to 2026-05-20
  2026-06-04 12:00  the purchase of bolt on 2026-05-31 disappears
  2026-06-10 11:00  acme buys for 1000
  2026-06-20 11:00  acme buys for 1000
  2026-06-30 11:00  acme buys for 1000
  2026-07-10 11:00  acme buys for 1000
  2026-07-20 11:00  acme buys for 1000
  2026-07-30 11:00  acme buys for 1000

then
  2026-06-01 00:00  acme: decline due since 2026-06-01: 53 % of the usual in 60 days, limit 60 %
  2026-06-01 00:00  bolt: decline due since 2026-06-01: 53 % of the usual in 60 days, limit 60 %
  2026-06-01 08:30  mail to anna about acme: "Acme buys less than usual"
  2026-06-01 08:30  mail to anna about bolt: "Bolt buys less than usual"
  2026-06-03 11:05  acme: decline withdrawn: it buys as usual again
  2026-07-01 08:30  mail to anna about bolt: "Reminder: Bolt buys less than usual", in the thread of 2026-06-01
  2026-07-20 00:00  bolt: decline withdrawn: it buys nothing at all by now
