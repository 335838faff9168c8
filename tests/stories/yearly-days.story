story: days that come every year

Born is born on 29 February. The summer gift is told a week ahead. Acme's first order is a year old, then two. What has no such day is
not judged; who calls after the message has answered it, and a year later it comes again.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule birthday (occasion): on x_birthday
  rule gift (occasion): on 06-24, ahead 7 days, for key
  rule anniversary (occasion): on first order, repeat 5 days, 1 times, for key
  the story runs from 2027-02-01 to 2028-08-01
  anna sells to born, acme
  born has x_birthday 1980-02-29
  acme is of category key
  acme bought on 2026-05-04

when
  2027-05-05 14:00  anna calls acme
  2027-06-21 14:00  anna visits acme

then
  2027-02-28 00:00  born: birthday 2027 due since 2027-02-28: for 2027-02-28
  2027-03-01 08:30  mail to anna about born: "Born: birthday"
  2027-03-31 00:00  born: birthday 2027 unanswered: its time has passed
  2027-05-04 00:00  acme: anniversary 2027 due since 2027-05-04: for 2027-05-04
  2027-05-04 08:30  mail to anna about acme: "Acme: anniversary"
  2027-05-05 14:00  acme: anniversary 2027 done: a contact was logged
  2027-06-17 00:00  acme: gift 2027 due since 2027-06-17: for 2027-06-24
  2027-06-17 08:30  mail to anna about acme: "Acme: gift"
  2027-06-21 14:00  acme: gift 2027 done: a contact was logged
  2028-02-29 00:00  born: birthday 2028 due since 2028-02-29: for 2028-02-29
  2028-02-29 08:30  mail to anna about born: "Born: birthday"
  2028-03-30 00:00  born: birthday 2028 unanswered
  2028-05-04 00:00  acme: anniversary 2028 due since 2028-05-04: for 2028-05-04
  2028-05-04 08:30  mail to anna about acme: "Acme: anniversary"
  2028-05-09 08:30  mail to anna about acme: "Reminder: Acme: anniversary", in the thread of 2028-05-04
  2028-06-04 00:00  acme: anniversary 2028 unanswered: its time has passed
  2028-06-17 00:00  acme: gift 2028 due since 2028-06-17: for 2028-06-24
  2028-06-19 08:30  mail to anna about acme: "Acme: gift"
  2028-07-19 00:00  acme: gift 2028 unanswered
