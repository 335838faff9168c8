story: what the earlier offer asks for decides when the customer may get another, whatever rule, owner or number it has

Acme and Bolt both get an offer that asks for three months without another. Acme buys, belongs to Ben, gets a new number, and has a
complaint open a month later: the other rule's offer, which asks for nothing itself, is not given yet. Bolt's complaint comes when
the three months are over.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome: 10 percent, valid 14 days, not_again 3 months
  offer sorry: 5 percent, valid 14 days
  rule lapse: after 60 days, offer welcome
  rule problem: after 2 working days, 0 times, offer sorry
  the story runs from 2026-06-01 to 2026-09-20
  anna sells to acme, bolt
  ben sells to zeno
  acme and bolt bought on 2026-02-02, 2026-04-05

when
  2026-06-10 12:00  acme and bolt buy
  2026-06-11 12:00  acme belongs to ben
  2026-06-12 12:00  acme has the number acme2 from now on
  2026-07-06 12:00  acme2 complains
  2026-09-14 12:00  bolt complains

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 60, limit 60
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 60, limit 60
  2026-06-04 08:30  mail to anna about acme: "Acme: 60 days without an order", with an offer until 2026-06-18
  2026-06-04 08:30  mail to anna about bolt: "Bolt: 60 days without an order", with an offer until 2026-06-18
  2026-06-10 12:00  acme: lapse won: bought on 2026-06-10
  2026-06-10 12:00  bolt: lapse won: bought on 2026-06-10
  2026-06-12 12:00  acme2: is also what is remembered of customer acme
  2026-07-08 00:00  acme2: problem complaint7 due since 2026-07-08: day 2, limit 2
  2026-07-08 08:30  mail to ben about acme2: "Acme: a complaint is still open"
  2026-08-07 00:00  acme2: problem complaint7 unanswered
  2026-08-09 00:00  acme2: lapse due since 2026-08-09: day 60, limit 60
  2026-08-09 00:00  bolt: lapse due since 2026-08-09: day 60, limit 60
  2026-08-10 08:30  mail to ben about acme2: "Acme: 61 days without an order"
  2026-08-10 08:30  mail to anna about bolt: "Bolt: 61 days without an order"
  2026-09-09 00:00  acme2: lapse unanswered
  2026-09-09 00:00  bolt: lapse unanswered
  2026-09-16 00:00  bolt: problem complaint8 due since 2026-09-16: day 2, limit 2
  2026-09-16 08:30  mail to anna about bolt: "Bolt: a complaint is still open", with an offer until 2026-09-30
