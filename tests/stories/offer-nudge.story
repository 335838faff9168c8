story: before an offer ends the salesperson is nudged, once

The offer holds for two weeks and a bit. Acme, which stays silent, is told of once more three days before it ends, although no repeat is
set; Bolt has bought by then. Cano's would end on a Sunday, and is said on the working day before; after the end nobody is reminded of it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome: 10 percent, valid 11 days, nudge 3 days
  offer weekend: 10 percent, valid 13 days, nudge 1 day
  rule lapse: after 90 days, offer welcome
  rule quiet (lapse): after 90 days, offer weekend, for weekend
  the story runs from 2026-06-05 to 2026-07-25
  anna sells to acme, bolt, cano
  cano is of category weekend
  acme, bolt and cano bought on 2026-01-07, 2026-03-08

when
  2026-06-12 11:00  bolt buys

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  cano: quiet due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order", with an offer until 2026-06-19
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 92 days without an order", with an offer until 2026-06-19
  2026-06-08 08:30  mail to anna about cano: "Cano: 92 days without an order", with an offer until 2026-06-21
  2026-06-12 11:00  bolt: lapse won: bought on 2026-06-12
  2026-06-16 08:30  mail to anna about acme: "Acme: the offer holds only until Friday 19 June", in the thread of 2026-06-08, with an offer until 2026-06-19
  2026-06-19 08:30  mail to anna about cano: "Cano: the offer holds only until Sunday 21 June", in the thread of 2026-06-08, with an offer until 2026-06-21
  2026-07-16 00:00  acme: lapse unanswered
  2026-07-19 00:00  cano: quiet unanswered
