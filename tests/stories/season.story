story: an ice-cream parlour is not called in winter

Polar buys every other week from April to September. It paused last winter too, so Anna hears of it only if it has not
begun again two weeks after it did this year. Iglo buys like that as well, but stopped in July: that is no winter.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 2.5 x rhythm
  the story runs from 2025-08-01 to 2026-05-06
  anna sells to polar, iglo
  polar bought 13 times, every 14 days until 2024-09-30
  polar bought 12 times, every 14 days until 2025-09-22
  iglo bought 13 times, every 14 days until 2024-09-30
  iglo bought 8 times, every 14 days until 2025-07-14

then
  2025-08-23 00:00  iglo: lapse due since 2025-08-23: day 40, limit 40
  2025-08-25 08:30  mail to anna about iglo: "Iglo: 42 days without an order"
  2025-09-24 00:00  iglo: lapse unanswered
  2025-11-01 00:00  polar: lapse due since 2025-11-01: day 40, limit 40; season: it paused from 2024-09-30 to 2025-04-21 too; told from 2026-05-05
  2026-05-05 08:30  mail to anna about polar: "Polar: 225 days without an order"
