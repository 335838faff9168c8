story: a rule that vanishes with open follow-ups is refused, until it is retired

While the settings are refused the old ones hold: Acme becomes due. Retired means retired, though the daemon has not read them again yet.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule review: every 1 year
  rule lapse: after 90 days, repeat 7 days, 2 times
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme, bolt
  acme bought on 2026-01-07, 2026-03-10
  bolt bought on 2026-01-07, 2026-03-07

when
  2026-06-07 10:00  rule lapse is taken out of the settings
  2026-06-09 10:00  rule lapse is retired
  2026-06-10 10:00  bolt buys
  2026-06-11 10:00  followupd reads its settings again

then
  2026-06-05 00:00  bolt: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about bolt: "Bolt: 90 days without an order"
  2026-06-07 10:00  rule lapse is gone, but 1 follow-up of it is open; put formerly = "lapse"; into the lapse rule that takes its place, or run "followupctl retire lapse"
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
