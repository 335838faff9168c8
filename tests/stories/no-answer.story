story: an answer that never came: the same mail once more, and no more

The server took the whole mail and fell silent. Perhaps Anna has it, perhaps not: it is repeated once,
with the same Message-ID, so that her mail program can see that it is the same.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-08 to 2026-06-12
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-10

when
  2026-06-08 08:00  the mail server takes mail and never answers

then
  2026-06-08 00:00  acme: lapse due since 2026-06-08: day 90, limit 90
  2026-06-08 08:30  mail to anna about acme: "Acme: 90 days without an order", but no answer came
  2026-06-08 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:31:04  acme: message tried again with the same bytes
  2026-06-08 08:31:04  the same mail again to anna about acme: "Acme: 90 days without an order", but no answer came
  2026-06-08 08:31:04  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-08 08:31:04  acme: message was possibly delivered; it counts as told
