story: a mail in doubt is not repeated with an offer that has ended

The office is open for a minute a day. On Friday nobody knows whether the mail arrived; on Monday its offer, printed
in the same bytes, is over. Perhaps Anna has it: it counts as told, and the reminder goes on from there.

given
  company in Europe/Oslo, working hours mon-fri 08:30-08:31
  offer quick: 10 percent, valid 2 days
  rule lapse: after 90 days, offer quick, repeat 7 days, 1 times
  the story runs from 2026-06-05 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-07

when
  2026-06-05 08:00  the mail server takes mail and never answers
  2026-06-05 12:00  the mail server works

then
  2026-06-05 00:00  acme: lapse due since 2026-06-05: day 90, limit 90
  2026-06-05 08:30  mail to anna about acme: "Acme: 90 days without an order", with an offer until 2026-06-07, but no answer came
  2026-06-05 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:30  acme: message dropped, possibly delivered before: its offer has ended
  2026-06-08 08:30  acme: lapse counts as told to anna, who possibly has it
  2026-06-15 08:30  mail to anna about acme: "Reminder: Acme: 90 days without an order", in the thread of 2026-06-05
