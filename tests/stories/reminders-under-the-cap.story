story: reminders count like first messages

One follow-up a day, so that every reminder takes a place: Dent, the last in rank, waits for more than a week.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 1 follow-ups a day
  rule lapse: after 90 days, repeat 3 days, 1 times
  the story runs from 2026-06-08 to 2026-06-20
  anna sells to acme, bolt, cano, dent
  acme, bolt, cano and dent bought 4 times, every 30 days until 2026-03-10 for 100

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  bolt: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  cano: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 00:00  dent: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order"
  2026-06-09 08:30  mail to anna about bolt: "Bolt: 91 days without an order"
  2026-06-10 08:30  mail to anna about cano: "Cano: 92 days without an order"
  2026-06-11 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-08
  2026-06-12 08:30  mail to anna about bolt: "Reminder: Bolt: 91 days without an order", in the thread of 2026-06-09
  2026-06-15 08:30  mail to anna about cano: "Reminder: Cano: 92 days without an order", in the thread of 2026-06-10
  2026-06-16 08:30  mail to anna about dent: "Dent: 98 days without an order"
  2026-06-19 08:30  mail to anna about dent: "Reminder: Dent: 98 days without an order", in the thread of 2026-06-16
