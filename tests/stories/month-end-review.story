story: a review that hangs on the last day of a month

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule review: every 1 months, counting review
  the story runs from 2026-01-31 to 2026-05-10
  anna sells to acme
  acme bought on 2026-01-07
  anna reviewed acme on 2026-01-31

then
  2026-02-28 00:00  acme: review due since 2026-02-28: day 28, limit 28
  2026-03-02 08:30  mail to anna about acme: "Acme: account review", proposing 2026-03-06 15:00-16:00
  2026-04-01 00:00  acme: review unanswered
  2026-04-01 00:00  acme: review due since 2026-03-31: day 60, limit 28
  2026-04-01 08:30  mail to anna about acme: "Acme: account review", proposing 2026-04-06 13:00-14:00
  2026-05-01 00:00  acme: review unanswered
  2026-05-01 00:00  acme: review due since 2026-04-30: day 90, limit 28
  2026-05-01 08:30  mail to anna about acme: "Acme: account review", proposing 2026-05-05 10:00-11:00
