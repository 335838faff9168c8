story: who says nothing is offered what others of its kind value

Ben has asked his best customers what they value. It is used for Anna's, whose columns are empty, with others of the same category: the dearest first,
never of a customer who is late (Ember), complained (Fjell) or named somebody (Gran). Bolt has said itself what it values. A complaint is no talk for it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  rule trouble (problem): after 2 days
  the story runs from 2026-06-01 to 2026-06-30
  anna sells to acme, bolt, idun
  ben sells to cano, dahl, ember, fjell, gran, hav
  acme, bolt, cano, dahl, ember, fjell and gran are of category key
  hav and idun are of category small
  acme and bolt bought on 2026-01-07, 2026-03-08
  idun bought on 2026-01-07, 2026-03-09
  ember bought on 2026-01-07, 2026-02-08 for 90000.00
  cano bought on 2026-03-01, 2026-05-20 for 1000.00
  dahl bought on 2026-03-01, 2026-05-20 for 2000.00
  fjell bought on 2026-03-01, 2026-05-20 for 9000.00
  gran bought on 2026-03-01, 2026-05-20 for 8000.00
  hav bought on 2026-03-01, 2026-05-20 for 70.00
  fjell complained on 2026-05-30
  bolt values: quiet Fridays
  cano values: one invoice a month
  dahl values: deliveries before eight
  ember values: long credit
  fjell values: to be left alone
  gran values: that Gran is greeted by name
  hav values: small boxes

when
  2026-06-18 12:00  acme complains

then
  2026-06-01 00:00  ember: lapse due since 2026-05-09: day 113, limit 90 (calm start)
  2026-06-01 00:00  fjell: trouble complaint19 due since 2026-06-01: day 2, limit 2
  2026-06-01 08:30  mail to ben about ember: "Ember: 113 days without an order"
  2026-06-01 08:30  mail to ben about fjell: "Fjell: a complaint is still open"
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-06 00:00  bolt: lapse due since 2026-06-06: day 90, limit 90
  2026-06-07 00:00  idun: lapse due since 2026-06-07: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order", saying that similar customers value "deliveries before eight" "one invoice a month"
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 92 days without an order"
  2026-06-08 08:30  mail to anna about idun: "Idun: 91 days without an order", saying that similar customers value "small boxes"
  2026-06-20 00:00  acme: trouble complaint20 due since 2026-06-20: day 2, limit 2
  2026-06-22 08:30  mail to anna about acme: "Acme: a complaint is still open"
