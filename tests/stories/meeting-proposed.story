story: a review comes with a time for the meeting, and a reminder moves it

The time is in Anna's own hours (not Oslo's), two to five working days ahead, not on the holidays 18 and 19 June. Who takes the file into
a calendar has one entry: the reminder moves it. What lapses has no meeting.

given
  company in Europe/Oslo, working hours mon-fri 08:30-17:00
  holidays of TH: 2026-06-18, 2026-06-19
  rule review: every 3 months for high, counting review, repeat 7 days, 2 times
  rule lapse: after 90 days
  the story runs from 2026-06-01 to 2026-07-01
  anna sells to large, small
  anna lives in Asia/Bangkok
  anna works tue-fri 13:00-16:00
  large has opportunity high
  anna reviewed large on 2026-03-10
  large bought on 2026-04-20, 2026-05-20
  small bought on 2026-02-17, 2026-03-17

then
  2026-06-10 00:00  large: review due since 2026-06-10: day 92, limit 92
  2026-06-10 08:00  mail to anna about large: "Large: account review", proposing 2026-06-23 10:00-11:00
  2026-06-15 00:00  small: lapse due since 2026-06-15: day 90, limit 90
  2026-06-16 08:00  mail to anna about small: "Small: 91 days without an order"
  2026-06-17 08:00  mail to anna about large: "Reminder: Large: account review", in the thread of 2026-06-10, moving the meeting to 2026-06-30 10:00-11:00
  2026-06-24 08:00  mail to anna about large: "Reminder: Large: account review", in the thread of 2026-06-10, moving the meeting to 2026-07-02 10:00-11:00
