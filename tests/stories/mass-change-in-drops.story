story: a loss that grows during the day

Orders are deleted bit by bit. The first eight cases of the day could be real; when there are twelve, they are not, and
the rest is held.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 20 follow-ups a day
  rule lapse: after 60 days
  the story runs from 2026-06-01 to 2026-06-12
  anna sells to c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12
  c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and c12 bought 9 times, every 20 days until 2026-06-05

when
  2026-06-11 09:00  the purchases of c1, c2, c3, c4, c5, c6, c7 and c8 after 2026-04-10 are lost
  2026-06-11 10:00  the purchases of c9, c10, c11 and c12 after 2026-04-10 are lost

then
  2026-06-11 09:00  c1: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c2: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c3: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c4: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c5: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c6: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c7: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  c8: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 09:00  mail to anna about c1: "C1: 66 days without an order"
  2026-06-11 09:00  mail to anna about c2: "C2: 66 days without an order"
  2026-06-11 09:00  mail to anna about c3: "C3: 66 days without an order"
  2026-06-11 09:00  mail to anna about c4: "C4: 66 days without an order"
  2026-06-11 09:00  mail to anna about c5: "C5: 66 days without an order"
  2026-06-11 09:00  mail to anna about c6: "C6: 66 days without an order"
  2026-06-11 09:00  mail to anna about c7: "C7: 66 days without an order"
  2026-06-11 09:00  mail to anna about c8: "C8: 66 days without an order"
  2026-06-11 10:00  c10: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c11: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c12: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  c9: lapse due since 2026-06-05: day 66, limit 60
  2026-06-11 10:00  Rule lapse suddenly has far more new cases than usual. 12 new cases on 11 June 2026, at most 10 are usual; it has 12 customers. Perhaps ...
  2026-06-11 10:00  mail to the admin: "followupd: Rule lapse suddenly has far more new cases than usual"
