story: the nudge comes when something new is due, too

One message says both: the complaint leads, with its own letter, and the offer stands in it.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  offer welcome: 10 percent, valid 14 days, nudge 4 days
  rule lapse: after 90 days, offer welcome
  rule problem: after 2 working days
  the story runs from 2026-06-05 to 2026-06-30
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-16 12:00  acme complains

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-22
  2026-06-18 00:00  acme: problem complaint3 due since 2026-06-18: day 2, limit 2
  2026-06-18 08:30  mail to anna about acme: "Acme: a complaint is still open", also: "Reminder: No purchase for 90 days; the limit is 90. Their offer holds only until Monday 22 June.", with an offer until 2026-06-22
