story: the address that a digest goes to is refused

A digest is not sent to somebody else: to Eva most of it would be strange. What was new in it she is told one by one, at once, although the
rule leaves it for the digest, with the same offers. A week later Anna's address is tried again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  a weekly digest on monday
  offer welcome-back: 10 percent, valid 20 days
  rule lapse: after 90 days, tell weekly, offer welcome-back
  the story runs from 2026-06-04 to 2026-06-17
  anna sells to acme, bolt
  eva is the manager of anna
  acme and bolt bought on 2026-01-07, 2026-03-06

when
  2026-06-05 12:00  the mail server refuses mail to anna

then
  2026-06-04 00:00  acme: lapse due since 2026-06-04: day 90, limit 90
  2026-06-04 00:00  bolt: lapse due since 2026-06-04: day 90, limit 90
  2026-06-08 08:30  weekly digest to anna by email: 2 new
  2026-06-08 08:30  mail to anna: "Your week: 2 new, nothing open", new acme, bolt, with an offer to acme until 2026-06-28, with an offer to bolt until 2026-06-28, not taken
  2026-06-08 08:30  weekly digest of anna: message refused 550 5.1.1: the recipient was refused: 550 5.1.1 no such user
  2026-06-08 08:30  The address of anna was refused. ...
  2026-06-08 08:30  mail to the admin: "followupd: The address of anna was refused"
  2026-06-08 08:30  mail to eva about acme: "Acme: 94 days without an order", with an offer until 2026-06-28
  2026-06-08 08:30  mail to eva about bolt: "Bolt: 94 days without an order", with an offer until 2026-06-28
  2026-06-15 08:30  weekly digest to anna by email: 2 open
  2026-06-15 08:30  mail to anna: "Your week: nothing new, 2 still open", open acme, bolt, not taken
  2026-06-15 08:30  weekly digest of anna: message refused 550 5.1.1: the recipient was refused: 550 5.1.1 no such user
  2026-06-15 08:30  The address of anna was refused. ...
  2026-06-15 08:30  mail to the admin: "followupd: The address of anna was refused"
