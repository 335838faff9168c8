story: a season that begins as it should is no follow-up at all

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 2.5 x rhythm
  the story runs from 2025-10-20 to 2026-05-06
  anna sells to polar
  polar bought 13 times, every 14 days until 2024-09-30
  polar bought 12 times, every 14 days until 2025-09-22

when
  2026-04-13 10:00  polar buys

then
  2025-11-01 00:00  polar: lapse due since 2025-11-01: day 40, limit 40; season: it paused from 2024-09-30 to 2025-04-21 too; told from 2026-05-05
  2026-04-13 10:00  polar: lapse withdrawn: bought on 2026-04-13
