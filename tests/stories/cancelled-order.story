story: an order is cancelled, and the silence before it is the old one

Acme was told about in April, lost and closed. It bought in May and fell silent once more; in August that
order turns out to be void. What is left is the silence that was followed up in April: nobody hears of it twice.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days, repeat 7 days, 1 times
  the story runs from 2026-04-01 to 2026-10-01
  anna sells to acme
  acme bought on 2025-09-07, 2026-01-05

when
  2026-04-10 11:00  acme is recorded as lost
  2026-05-04 11:00  acme buys
  2026-08-05 11:00  the purchase of acme on 2026-05-04 disappears

then
  2026-04-05 00:00  acme: lapse due since 2026-04-05: day 90, limit 90
  2026-04-06 08:30  mail to anna about acme: "Acme: 91 days without an order"
  2026-08-02 00:00  acme: lapse due since 2026-08-02: day 90, limit 90
  2026-08-03 08:30  mail to anna about acme: "Acme: 91 days without an order"
  2026-08-05 11:00  acme: lapse withdrawn: the database was corrected
