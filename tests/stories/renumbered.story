story: a customer gets another number, and then another

The export was read once without Acme under either of its numbers; that is no harm. Bolt is said to be Cano, who is Bolt: nobody can know
what that means, and nothing happens.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 2 times
  the story runs from 2026-06-05 to 2026-07-25
  anna sells to acme, bolt, cano
  acme bought on 2026-01-07, 2026-03-07
  bolt bought on 2026-01-07, 2026-03-10
  cano bought on 2026-01-07, 2026-03-10

when
  2026-06-06 10:00  the database says that bolt is cano now
  2026-06-06 10:00  the database says that cano is bolt now
  2026-06-08 10:00  acme has the number acme2 from now on
  2026-06-16 10:00  acme2 has the number acme3 from now on
  2026-06-17 10:00  the database does not say any more who acme is now
  2026-06-17 12:00  anna calls acme3
  2026-06-18 10:00  anna calls bolt
  2026-06-18 10:00  anna calls cano

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 90 days without an order"
  2026-06-08 08:30  mail to anna about cano: "Cano: 90 days without an order"
  2026-06-08 10:00  acme2: is also what is remembered of customer acme
  2026-06-12 08:30  mail to anna about acme2: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-05
  2026-06-15 08:30  mail to anna about bolt: "Reminder: Bolt: 90 days without an order", in the thread of 2026-06-08
  2026-06-15 08:30  mail to anna about cano: "Reminder: Cano: 90 days without an order", in the thread of 2026-06-08
  2026-06-16 10:00  acme3: is also what is remembered of customer acme2
  2026-06-17 12:00  acme3: lapse done: a contact was logged
  2026-06-18 10:00  bolt: lapse done: a contact was logged
  2026-06-18 10:00  cano: lapse done: a contact was logged
