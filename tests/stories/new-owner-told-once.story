story: who takes a customer over is told once, also where no reminder would follow

Anna was told; there are no repeats. Ben, whose customer Acme becomes, gets the whole letter with her name and the day; when it goes on to Carl, so
does he; when it goes back to Anna, she does not hear twice. Cano, which Anna called, goes over in silence. Delo goes over while Ben is
away: his deputy hears in his place, and that is all.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-05 to 2026-08-10
  anna sells to acme, bolt, cano, delo
  dan is the deputy of ben
  acme, bolt, cano and delo bought on 2026-01-07, 2026-03-10

when
  2026-06-09 14:00  anna calls cano
  2026-06-10 18:00  acme belongs to ben
  2026-06-10 18:00  cano belongs to ben
  2026-06-12 12:00  acme belongs to carl
  2026-06-16 12:00  acme belongs to anna
  2026-06-20 12:00  ben is away until 2026-07-20
  2026-06-22 12:00  delo belongs to ben

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  delo: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-08 08:30  mail to anna about bolt: "Bolt: 90 days without an order"
  2026-06-08 08:30  mail to anna about cano: "Cano: 90 days without an order"
  2026-06-08 08:30  mail to anna about delo: "Delo: 90 days without an order"
  2026-06-09 14:00  cano: lapse done: a contact was logged
  2026-06-11 08:30  mail to ben about acme: "Acme: 90 days without an order", after Anna
  2026-06-12 12:00  mail to carl about acme: "Acme: 90 days without an order", after Ben
  2026-06-22 12:00  mail to dan about delo: "Delo: 90 days without an order", after Anna
  2026-07-08 00:00  bolt: lapse unanswered
  2026-07-12 00:00  acme: lapse unanswered
  2026-07-22 00:00  delo: lapse unanswered
