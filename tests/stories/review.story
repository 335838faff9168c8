story: a review is due by opportunity; a call does not count, a review does

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule review: every 1 year for low, every 3 months for high, counting review
  the story runs from 2026-06-01 to 2026-10-20
  anna sells to small, large
  small has opportunity low
  large has opportunity high
  small and large bought on 2026-05-20
  anna reviewed large on 2026-03-10
  anna reviewed small on 2026-03-10

when
  2026-06-08 10:00  anna calls large
  2026-06-17 10:00  anna reviews large

then
  2026-06-10 00:00  large: review due since 2026-06-10: day 92, limit 92
  2026-06-10 08:30  mail to anna about large: "Large: account review", proposing 2026-06-16 15:00-16:00
  2026-06-17 10:00  large: review done: a contact was logged
  2026-09-17 00:00  large: review due since 2026-09-17: day 92, limit 92
  2026-09-17 08:30  mail to anna about large: "Large: account review", proposing 2026-09-22 13:00-14:00
  2026-10-17 00:00  large: review unanswered
