story: a review is back-dated, and two customers with reviews are merged

Acme's review of March is corrected to February after Anna was told that the next is due: it is the same case. Bolt and Cano are one company
under two numbers; both are due, Bolt was told under its old number, and Cano has heard of it, too. Delo's review was logged with the wrong
customer: once it is gone nobody knows of any, and the time runs from the day on which followupd met Delo.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  at most 2 follow-ups a day
  rule review: every 3 months, counting review
  the story runs from 2026-06-01 to 2026-07-20
  anna sells to acme, bolt, cano, delo
  anna reviewed acme on 2026-03-09
  anna reviewed bolt on 2026-03-09
  anna reviewed cano on 2026-03-11
  anna reviewed delo on 2026-03-12

when
  2026-06-10 10:00  the contact with acme on 2026-03-09 disappears
  2026-06-10 10:00  anna reviewed acme on 2026-02-23
  2026-06-15 10:00  the contact with delo on 2026-03-12 disappears
  2026-06-15 10:00  bolt is merged into cano

then
  2026-06-09 00:00  acme: review due since 2026-06-09: day 92, limit 92
  2026-06-09 00:00  bolt: review due since 2026-06-09: day 92, limit 92
  2026-06-09 08:30  mail to anna about acme: "Acme: account review", proposing 2026-06-15 15:00-16:00
  2026-06-09 08:30  mail to anna about bolt: "Bolt: account review", proposing 2026-06-12 13:00-14:00
  2026-06-10 10:00  acme: review withdrawn: the rule no longer finds it due
  2026-06-10 10:00  acme: review moved from 2026-03-09+1 to 2026-02-23+1: the database was corrected
  2026-06-10 10:00  acme: review open again: what closed it is gone
  2026-06-11 00:00  cano: review due since 2026-06-11: day 92, limit 92
  2026-06-11 08:30  mail to anna about cano: "Cano: account review", proposing 2026-06-15 10:00-11:00
  2026-06-12 00:00  delo: review due since 2026-06-12: day 92, limit 92
  2026-06-12 08:30  mail to anna about delo: "Delo: account review", proposing 2026-06-18 16:00-17:00
  2026-06-15 10:00  delo: review withdrawn: the rule no longer finds it due
  2026-06-15 10:00  cano: is also what is remembered of customer bolt
  2026-06-15 10:00  cano: review moved from 2026-03-09+1 to 2026-03-11+1: the database was corrected
  2026-07-09 00:00  cano: review unanswered
  2026-07-10 00:00  acme: review unanswered
