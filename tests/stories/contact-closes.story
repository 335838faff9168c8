story: a contact after the telling closes it as done

Anna called Acme in May already, and that says nothing about June. She calls again after the
message, and no reminder comes.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 2 times
  the story runs from 2026-06-01 to 2026-08-15
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08
  anna called acme on 2026-05-20

when
  2026-06-10 11:00  anna calls acme

then
  2026-06-06 00:00  acme: lapse due since 2026-06-06: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 92 days without an order"
  2026-06-10 11:00  acme: lapse done: a contact was logged
