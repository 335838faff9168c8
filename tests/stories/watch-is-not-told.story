story: a customer worth watching is not told

Silver is silent for longer than usual but not late yet: that is for followupctl list watch,
not for a message of its own. Six days after each purchase is its rhythm.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 2.5 x rhythm, watch 1.5 x rhythm
  the story runs from 2026-06-01 to 2026-06-12
  anna sells to silver, gold
  silver bought 10 times, every 6 days until 2026-05-31
  gold bought 10 times, every 6 days until 2026-05-25

when
  2026-06-11 10:00  silver buys

then
  2026-06-09 00:00  gold: lapse due since 2026-06-09: day 15, limit 15
  2026-06-09 08:30  mail to anna about gold: "Gold: 15 days without an order"
