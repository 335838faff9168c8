story: a customer who buys less than usual recovers, and declines again

Acme bought for 1000 every ten days; then three times for 50, which is told. Half a year after it has recovered it happens again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule decline: repeat 14 days, 2 times
  the story runs from 2026-05-01 to 2027-05-01
  anna sells to acme
  acme bought 20 times, every 10 days until 2026-05-01 for 1000

when
  2026-05-11 11:00  acme buys for 50
  2026-05-21 11:00  acme buys for 50
  2026-05-31 11:00  acme buys for 50
  2026-06-10 11:00  acme buys for 1000
  2026-06-20 11:00  acme buys for 1000
  2026-06-30 11:00  acme buys for 1000
  2026-07-10 11:00  acme buys for 1000
  2026-07-20 11:00  acme buys for 1000
  2026-07-30 11:00  acme buys for 1000
  2026-08-09 11:00  acme buys for 1000
  2026-08-19 11:00  acme buys for 1000
  2026-08-29 11:00  acme buys for 1000
  2026-09-08 11:00  acme buys for 1000
  2026-09-18 11:00  acme buys for 1000
  2026-09-28 11:00  acme buys for 1000
  2026-10-08 11:00  acme buys for 1000
  2026-10-18 11:00  acme buys for 1000
  2026-10-28 11:00  acme buys for 1000
  2026-11-07 11:00  acme buys for 1000
  2026-11-17 11:00  acme buys for 50
  2026-11-27 11:00  acme buys for 50
  2026-12-07 11:00  acme buys for 50
  2026-12-17 11:00  acme buys for 1000
  2026-12-27 11:00  acme buys for 1000
  2027-01-06 11:00  acme buys for 1000
  2027-01-16 11:00  acme buys for 1000
  2027-01-26 11:00  acme buys for 1000
  2027-02-05 11:00  acme buys for 1000
  2027-02-15 11:00  acme buys for 1000
  2027-02-25 11:00  acme buys for 1000
  2027-03-07 11:00  acme buys for 1000
  2027-03-17 11:00  acme buys for 1000
  2027-03-27 11:00  acme buys for 1000
  2027-04-06 11:00  acme buys for 1000

then
  2026-06-01 00:00  acme: decline due since 2026-06-01: 53 % of the usual in 60 days, limit 60 %
  2026-06-01 08:30  mail to anna about acme: "Acme buys less than usual"
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme buys less than usual", in the thread of 2026-06-01
  2026-06-29 08:30  mail to anna about acme: "Reminder: Acme buys less than usual", in the thread of 2026-06-01
  2026-07-11 00:00  acme: decline withdrawn: it buys as usual again
  2026-12-08 00:00  acme: decline due since 2026-12-08: 53 % of the usual in 60 days, limit 60 %
  2026-12-08 08:30  mail to anna about acme: "Acme buys less than usual"
  2026-12-22 08:30  mail to anna about acme: "Reminder: Acme buys less than usual", in the thread of 2026-12-08
  2027-01-05 08:30  mail to anna about acme: "Reminder: Acme buys less than usual", in the thread of 2026-12-08
  2027-01-17 00:00  acme: decline withdrawn: it buys as usual again
