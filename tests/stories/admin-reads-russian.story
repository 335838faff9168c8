story: the admin gets mail in their own language; the journal stays English

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-06-07
  anna sells to acme
  acme bought on 2026-01-07, 2026-03-08

settings
  admin = { email = "admin@world.example"; language = "ru"; };

when
  2026-06-02 15:00  from now on nobody buys

then
  2026-06-06 00:00  The customer database seems to have stopped. The newest purchase in it is of 2 June 2026, 4 days ago; at most ...
  2026-06-06 00:00  mail to the admin: "followupd: Похоже, база клиентов перестала обновляться"
