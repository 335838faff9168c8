story: the complaint is closed while its mail is in doubt

The server took the mail and gave no answer. Before it would be repeated the complaint is closed. Next day it is opened
again: Anna possibly has the mail, and is not told twice.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule problem: after 2 working days
  the story runs from 2026-06-01 to 2026-06-20
  anna sells to acme
  acme bought on 2026-01-07

when
  2026-06-05 10:00  acme complains
  2026-06-09 08:00  the mail server takes mail and never answers
  2026-06-09 08:30:30  the complaint of acme is closed
  2026-06-09 09:00  the mail server works
  2026-06-10 10:00  the complaint of acme is open again

then
  2026-06-09 00:00  acme: problem complaint2 due since 2026-06-09: day 4, limit 4
  2026-06-09 08:30  mail to anna about acme: "Acme: a complaint is still open", but no answer came
  2026-06-09 08:30  acme: message unknown exit 28: all was handed over, but no verdict came: no answer in time
  2026-06-09 08:30:30  acme: problem complaint2 withdrawn: the complaint was closed
  2026-06-09 08:30:30  acme: message dropped, possibly delivered before
  2026-06-10 10:00  acme: problem complaint2 open again: so is the complaint
  2026-06-10 10:00  acme: problem complaint2 counts as told to anna, who possibly has it
