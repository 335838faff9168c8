story: who is nudged about an offer's end

Anna is on holiday when Acme's offer ends: her deputy, who never heard of it, gets the whole letter. Bolt is Ben's by then: he hears
of it when he takes it over, and is nudged like others. Who has put a customer off is left in peace until then.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome: 10 percent, valid 14 days, nudge 4 days
  rule lapse: after 90 days, offer welcome
  the story runs from 2026-06-05 to 2026-07-25
  anna sells to acme, bolt
  dan is the deputy of anna
  ben sells to cano, delo
  acme, bolt, cano and delo bought on 2026-01-07, 2026-03-10

when
  2026-06-15 10:00  anna is away until 2026-06-30
  2026-06-16 10:00  bolt belongs to ben
  2026-06-17 12:00  delo is recorded as snoozed

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  delo: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-22
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 90 days without an order", with an offer until 2026-06-22
  2026-06-08 08:30  mail to ben about cano: "Cano: 90 days without an order", with an offer until 2026-06-22
  2026-06-08 08:30  mail to ben about delo: "Delo: 90 days without an order", with an offer until 2026-06-22
  2026-06-16 10:00  mail to ben about bolt: "Bolt: 90 days without an order", after Anna, with an offer until 2026-06-22
  2026-06-18 08:30  mail to dan about acme: "Acme: 90 days without an order", after Anna, with an offer until 2026-06-22
  2026-06-18 08:30  mail to ben about bolt: "Bolt: the offer holds only until Monday 22 June", in the thread of 2026-06-16, with an offer until 2026-06-22
  2026-06-18 08:30  mail to ben about cano: "Cano: the offer holds only until Monday 22 June", in the thread of 2026-06-08, with an offer until 2026-06-22
  2026-06-24 08:30  mail to ben about delo: "Reminder: Delo: 90 days without an order", in the thread of 2026-06-08
  2026-07-18 00:00  acme: lapse unanswered
  2026-07-18 00:00  bolt: lapse unanswered
  2026-07-18 00:00  cano: lapse unanswered
  2026-07-24 00:00  delo: lapse unanswered
