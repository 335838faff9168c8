/* Every mistake an admin can make is answered with its line, what is wrong, and what to do. */
#include "settings_answers.h"

static const struct mistake {
    const char *was, *is, *answer;
} mistakes[] = {
    { "name = \"Acme\"; ", "",
      "followupd.conf:1: company has no name (what your company is called in messages); add for example name = "
      "\"Nordlys Kontor AS\";" },
    { "company = { name = \"Acme\"; time_zone = \"UTC\"; };", "",
      "followupd.conf: company is missing; add company = { ... };" },
    { "name = \"Acme\"", "nmae = \"Acme\"",
      "followupd.conf:1: \"nmae\" is not a setting of company; did you mean \"name\"?" },
    { "name = \"Acme\"", "Name = \"Acme\"",
      "followupd.conf:1: \"Name\" is not a setting of company; did you mean \"name\"?" },
    { "name = \"Acme\"", "name = 5",
      "followupd.conf:1: name is a number; it takes text, such as \"Nordlys Kontor AS\"" },
    { "name = \"Acme\"", "name = \"  \"", "followupd.conf:1: name is empty; write something, or leave the line out" },
    { "name = \"Acme\"", "name = \"Ac\\nme\"",
      "followupd.conf:1: name goes over the end of the line; close the quotation marks where it begins, or write it on "
      "one line" },
    { "name = \"Acme\"", "name = \"Ac\\xffme\"", "followupd.conf:1: name is not UTF-8; write it as plain text" },
    { "name = \"Acme\"", "name = \"Ac\\x00me\"",
      "followupd.conf:1: \\x00 ends a text, so what follows would be lost; leave it out" },
    { "name = \"Acme\"", "name = \"Acme\"; language = \"../en\"",
      "followupd.conf:1: language = \"../en\" is not a language; write its code, such as \"en\", \"nb\", \"th\" or "
      "\"pt-BR\"" },
    { "name = \"Acme\"", "name = \"Acme\"; currency = \"Euro\"",
      "followupd.conf:1: currency = \"Euro\" is not a currency; write its three capital letters, such as \"NOK\" or "
      "\"EUR\"" },
    { "store = \"store.db\";", "",
      "followupd.conf: store is missing (the file in which followupd keeps everything it remembers); add for example "
      "store = \"/var/lib/followupd/store.db\";" },
    { "store = \"store.db\";", "store = { path = \"store.db\"; };",
      "followupd.conf:2: store is a group { ... }; it takes a path, such as \"/var/lib/followupd/store.db\"" },
    { "store = \"store.db\";", "store = \"a.db\"; store = \"b.db\";",
      "followupd.conf:2: this setting is already there in the same group; keep one of the two" },
    { "store = \"store.db\";", "sotre = \"store.db\"; store = \"store.db\";",
      "followupd.conf:2: \"sotre\" is not a setting; did you mean \"store\"?" },
    { "store = \"store.db\";", "store = \"store.db\"; frequency = 5;",
      "followupd.conf:2: \"frequency\" is not a setting; there are \"store\", \"languages\", \"categories\", "
      "\"company\", \"admin\", \"source\", \"people\", \"guards\", \"digests\", \"channels\", \"offers\" and "
      "\"rules\"" },
    { "store = \"store.db\";", "store = \"store.db\"; per_day = 5;",
      "followupd.conf:2: \"per_day\" is not a setting; it belongs to people" },
    { "store = \"store.db\";", "store = store.db;",
      "followupd.conf:2: store is not understood; a text needs quotation marks" },
    { "store = \"store.db\";", "store = “store.db”;",
      "followupd.conf:2: these are typographic quotation marks; write plain ones: \"" },
    { "store = \"store.db\";", "store = 'store.db';", "followupd.conf:2: ' does not open a text; write \"" },
    { "store = \"store.db\";", "store \"store.db\";", "followupd.conf:2: a \"=\" is missing before this" },
    { "email = \"it@acme.example\"", "email = \"it\"",
      "followupd.conf:3: email = \"it\" is not a mail address; write one such as \"it@nordlys.example\"" },
    { "[\"email\"]", "[\"emial\"]",
      "followupd.conf:3: admin.channels names \"emial\", which is not in channels; did you mean \"email\"?" },
    { "[\"email\"]", "[\"pigeon\"]",
      "followupd.conf:3: admin.channels names \"pigeon\", which is not in channels; add channels = { pigeon = { ... }; "
      "};" },
    { "[\"email\"]", "\"email\"",
      "followupd.conf:3: channels is text in quotation marks; it takes a list of texts, such as [ \"email\" ]" },
    { "[\"email\"]", "[]",
      "followupd.conf:3: channels is an empty list; write something such as [ \"email\" ], or leave the line out" },
    { "[\"email\"]", "[\"email\", 5]",
      "followupd.conf:3: [ ... ] holds values of one kind only; write ( ... ) to mix them" },
    { "[\"email\"]", "(\"email\", 5)",
      "followupd.conf:3: channels lists texts, and number 2 in it is none; put each in quotation marks, such as [ "
      "\"email\" ]" },
    { "[\"email\"]", "[\"email\", \"email\"]", "followupd.conf:3: channels lists \"email\" twice; keep one" },
    { "admin = {", "admin = (",
      "followupd.conf:3: email is a setting, and settings stand inside of { ... }; is a bracket missing before it?" },
    { "database = \"crm.db\";", "",
      "followupd.conf:4: source has no database (your customer database, an SQLite file; it is only ever read); add "
      "for example database = \"/srv/crm/crm.db\";" },
    { "database = \"crm.db\";", "database = \"crm.db\"; time_limit = \"30\";",
      "followupd.conf:5: time_limit: \"30\" has no unit; write \"30 seconds\", or another of seconds, minutes or "
      "hours" },
    { "database = \"crm.db\";", "database = \"crm.db\"; time_limit = \"2 hours\";",
      "followupd.conf:5: time_limit = \"2 hours\" is out of range; it goes from 1 second to 1 hour" },
    { "database = \"crm.db\";", "database = \"crm.db\"; look_again = \"5 parsecs\";",
      "followupd.conf:5: look_again: \"5 parsecs\" has the unit \"parsecs\", which is none; the units are seconds, "
      "minutes or hours" },
    { "database = \"crm.db\";", "database = \"crm.db\"; same_occasion = \"2 days\";",
      "followupd.conf:9: same_occasion is already set in source; keep one of the two" },
    { "customers = {", "costumers = {",
      "followupd.conf:7: \"costumers\" is not a setting of source; did you mean \"customers\"?" },
    { "{ query = \"SELECT 2\"; }", "{ zone = \"UTC\"; }",
      "followupd.conf:7: source.customers has no query (the customers: columns id, name, salesperson, category, "
      "opportunity and more); add for example query = \"SELECT id, name, seller_id AS salesperson FROM client\";" },
    { "{ query = \"SELECT 2\"; }", "{ query = 2; }",
      "followupd.conf:7: query is a number; it takes an SQL query, such as \"SELECT id, name, seller_id AS salesperson "
      "FROM client\"" },
    { "{ query = \"SELECT 2\"; }", "\"SELECT 2\"",
      "followupd.conf:7: customers is a group of settings; write customers = { ... };" },
    { "same_occasion = \"3 days\"", "same_occasion = \"1 month\"",
      "followupd.conf:9: same_occasion = \"1 month\" is not a number of days; write for example \"3 days\"" },
    { "same_occasion = \"3 days\"", "same_occasion = \"400 days\"",
      "followupd.conf:9: same_occasion = 400 is out of range; it goes from 0 to 365" },
    { "per_day = 5", "per_day = 5000", "followupd.conf:11: per_day = 5000 is out of range; it goes from 0 to 1000" },
    { "per_day = 5", "per_day = -1", "followupd.conf:11: per_day = -1 is out of range; it goes from 0 to 1000" },
    { "per_day = 5", "per_day = \"5\"",
      "followupd.conf:11: per_day is text in quotation marks; it takes a whole number, such as 5" },
    { "per_day = 5", "per_day = 5.0",
      "followupd.conf:11: per_day is a number with decimals; it takes a whole number, such as 5" },
    { "per_day = 5", "per_day = 4294967301",
      "followupd.conf:11: 4294967301 is too large a number; the largest is 2147483647 (with an L behind it "
      "9223372036854775807)" },
    { "per_day = 5", "per_day = 0x100000005",
      "followupd.conf:11: 0x100000005 is too large a number; the largest is 2147483647 (with an L behind it "
      "9223372036854775807)" },
    { "per_day = 5", "per_day = 99999999999999999999L",
      "followupd.conf:11: 99999999999999999999L is too large a number; the largest is 9223372036854775807" },
    { "per_day = 5", "per_day = 010",
      "followupd.conf:11: 010 begins with a zero, which some read as octal; leave it out" },
    { "per_day = 5", "per_dya = 5",
      "followupd.conf:11: \"per_dya\" is not a setting of people; did you mean \"per_day\"?" },
    { "per_day = 5", "id = \"x\"",
      "followupd.conf:11: \"id\" is not a setting of people; there are \"hours\", \"holidays\", \"per_day\", "
      "\"per_week\" and \"unassigned\"" },
    { "per_day = 5", "stale_feed = true",
      "followupd.conf:11: \"stale_feed\" is not a setting of people; it belongs to guards" },
    { "per_day = 5", "holidays = (\"NO\", \"no.ics\")",
      "followupd.conf:11: holidays is a list of pairs, and each pair has brackets of its own; write for example ( "
      "(\"NO\", \"holidays/no.ics\") )" },
    { "per_day = 5", "holidays = ( (\"NO\", \"no.ics\", \"x\") )",
      "followupd.conf:11: holidays is a list of pairs, and this is not a pair of two texts; write for example ( "
      "(\"NO\", \"holidays/no.ics\") )" },
    { "\"everyone\", \"regular\"", "\"regular\", \"regular\"",
      "followupd.conf:12: categories lists \"regular\" twice; keep one" },
    { "\"everyone\", \"regular\"", "\"everyone\" \"\n\", \"regular\"",
      "followupd.conf:13: categories goes over the end of the line; close the quotation marks where it begins, or "
      "write it on one line" },
    { "stale_feed = true", "stale_feed = 1", "followupd.conf:13: stale_feed is a number; it takes true or false" },
    { "stale_feed = true", "stale_feed = yes",
      "followupd.conf:13: yes is not understood; write true, or \"yes\" if it is a text" },
    { "stale_feed = true", "calm_start = \"of\"",
      "followupd.conf:13: calm_start = \"of\" is not known; did you mean \"off\"?" },
    { "url =", "security = \"ssl\"; url =",
      "followupd.conf:14: security = \"ssl\" is not known; there are \"none\", \"starttls\" and \"tls\"" },
    { "url =", "security = \"startls\"; url =",
      "followupd.conf:14: security = \"startls\" is not known; did you mean \"starttls\"?" },
    { "url =", "couriers = 17; url =", "followupd.conf:14: couriers = 17 is out of range; it goes from 1 to 16" },
    { "url =", "patience = \"0 seconds\"; url =",
      "followupd.conf:14: patience = \"0 seconds\" is out of range; it goes from 1 second to 1 hour" },
    { "email = { url", "email = ( { url",
      "followupd.conf:14: \";\" cannot stand inside of ( ... ), which begins in line 14; is it closed where it should "
      "be?" },
    { "{ url = \"smtp://localhost\"; }", "\"smtp://localhost\"",
      "followupd.conf:14: a channel is a group of settings; write NAME = { ... }" },
    { "percent = 10", "percent = 10; gift = \"coffee\"",
      "followupd.conf:15: an offer is one thing, and this one has both percent and gift; make two offers of it" },
    { "percent = 10;", "",
      "followupd.conf:15: an offer has no content; add percent = 10; or amount = 250; or gift = \"...\"; or "
      "free_delivery = true;" },
    { "percent = 10", "percent = 110", "followupd.conf:15: percent = 110 is out of range; it goes from 0.01 to 100" },
    { "percent = 10", "percent = 1e400",
      "followupd.conf:15: percent is a number beyond all bounds; write a smaller one" },
    { "percent = 10", "amount = 1.005", "followupd.conf:15: amount = 1.005 has more than two decimals; round it" },
    { "percent = 10", "free_delivery = false",
      "followupd.conf:15: free_delivery = false offers nothing; write true, or percent, amount or gift instead" },
    { "{ id = \"tenth\"; percent", "{ percent",
      "followupd.conf:15: an offer has no id (the name by which rules refer to the offer); add for example id = "
      "\"welcome-back\";" },
    { "id = \"tenth\"", "id = \"the tenth\"",
      "followupd.conf:15: id = \"the tenth\" has a space in it; use letters, digits, \"-\", \"_\" and \".\" only" },
    { "valid = \"14 days\"", "valid = \"14\"",
      "followupd.conf:16: valid: \"14\" has no unit; write \"14 days\", or another of days, working days, weeks, "
      "months, years or x rhythm" },
    { "valid = \"14 days\"", "valid = \"14 dyas\"",
      "followupd.conf:16: valid: \"14 dyas\" has the unit \"dyas\", which is none; did you mean \"days\"?" },
    { "valid = \"14 days\"", "valid = \"2 x rhythm\"",
      "followupd.conf:16: valid = \"2 x rhythm\": only after and watch can follow the rhythm; write a period such as "
      "\"14 days\"" },
    { "valid = \"14 days\"", "valid = \"1.5 months\"",
      "followupd.conf:16: valid: \"1.5 months\" is not whole; write whole months or a smaller unit" },
    { "valid = \"14 days\"", "valid = \"0 days\"",
      "followupd.conf:16: valid: \"0 days\" is no time at all; write a number above zero" },
    { "valid = \"14 days\"", "valid = \"soon\"",
      "followupd.conf:16: valid: \"soon\" does not begin with a number; write a period such as \"90 days\"" },
    { "valid = \"14 days\"", "valid = 14",
      "followupd.conf:16: valid is a number; it takes a period, such as \"14 days\"" },
    { "} );\nrules", "}, { id = \"tenth\"; gift = \"tea\"; valid = \"1 week\"; } );\nrules",
      "followupd.conf:16: there is already an offer \"tenth\", in line 15; give this one an id of its own" },
    { "} );\nrules", "}, );\nrules", "followupd.conf:16: there is a comma too many before this \")\"" },
    { "} );\nrules", "} { id = \"x\"; gift = \"tea\"; valid = \"1 week\"; } );\nrules",
      "followupd.conf:16: a comma is missing before this" },
    { "rules = (", "rules = {};\nold = (",
      "followupd.conf:17: rules is a list of groups; write rules = ( { ... }, { ... } );\n"
      "followupd.conf:18: \"old\" is not a setting; there are \"store\", \"languages\", \"categories\", \"company\", "
      "\"admin\", \"source\", \"people\", \"guards\", \"digests\", \"channels\", \"offers\" and \"rules\"" },
    { "kind = \"review\";\n    every = ( (\"low\", \"1 year\"), (\"high\", \"3 months\") )",
      "kind = \"problem\"; after = \"2.5 x rhythm\"",
      "followupd.conf:21: only the after of a lapse rule can follow the rhythm; write a period such as \"2 working "
      "days\"" },
    { "kind = \"review\";\n    every = ( (\"low\", \"1 year\"), (\"high\", \"3 months\") )",
      "kind = \"occasion\"; on = \"24 June\"",
      "followupd.conf:21: on = \"24 June\" is no day of the year; write month and day such as \"06-24\", or \"first "
      "order\", "
      "\"since\", or the name of an x_ column" },
    { "kind = \"review\";\n    every = ( (\"low\", \"1 year\"), (\"high\", \"3 months\") )",
      "kind = \"after-sale\"; steps = [ \"3 weeks\", \"1 day\" ]",
      "followupd.conf:21: steps: each is counted from the same day, so each must be longer than the one before it" },
    { "kind = \"review\";\n    every = ( (\"low\", \"1 year\"), (\"high\", \"3 months\") )",
      "kind = \"referral\"; after = \"1 week\"",
      "followupd.conf:21: a referral is asked for when the visits after a sale are done; add a rule of kind "
      "\"after-sale\"" },
    { "kind = \"lapse\"", "kind = \"wedding\"",
      "followupd.conf:18: kind = \"wedding\" is not known; there are \"lapse\", \"review\", \"visit\", \"decline\", "
      "\"after-sale\", \"referral\", \"occasion\", \"problem\" and \"first-order\"" },
    { "kind = \"lapse\"", "kind = \"laps\"",
      "followupd.conf:18: kind = \"laps\" is not known; did you mean \"lapse\"?" },
    { "kind = \"lapse\"", "", "followupd.conf:18: there is a \";\" too many here" },
    { "after = \"2.5 x rhythm\";", "",
      "followupd.conf:18: a rule has no after (how long to wait, one for all or by category; lapse: of silence, a "
      "period or a multiple of the customer's own rhythm; problem: from the complaint; referral: from the last visit); "
      "add for example after = \"2.5 x rhythm\";" },
    { "after = \"2.5 x rhythm\"", "after = \"2,5 x rhythm\"",
      "followupd.conf:19: after: \"2,5 x rhythm\" has a decimal comma; write a point instead" },
    { "after = \"2.5 x rhythm\"", "after = \"90\"",
      "followupd.conf:19: after: \"90\" has no unit; write \"90 days\", or another of days, working days, weeks, "
      "months, years or x rhythm" },
    { "after = \"2.5 x rhythm\"", "after = (\"regular\", \"90 days\")",
      "followupd.conf:19: after is a list of pairs, and each pair has brackets of its own; write for example ( "
      "(\"regular\", \"90 days\"), (\"key accounts\", \"30 days\") )" },
    { "after = \"2.5 x rhythm\"", "after = ( (\"regular\", \"90\") )",
      "followupd.conf:19: after for \"regular\": \"90\" has no unit; write \"90 days\", or another of days, working "
      "days, weeks, months, years or x rhythm" },
    { "after = \"2.5 x rhythm\"", "after = ( (\"regluar\", \"90 days\") )",
      "followupd.conf:19: after names the category \"regluar\", which is not in categories; did you mean "
      "\"regular\"?" },
    { "after = \"2.5 x rhythm\"", "after = ( (\"regular\", \"90 days\"), (\"regular\", \"80 days\") )",
      "followupd.conf:19: after has two periods for \"regular\"; keep one" },
    { "after = \"2.5 x rhythm\"", "after = ( )",
      "followupd.conf:19: after is a list ( ... ); it takes a period or a table of periods, such as \"2.5 x rhythm\"" },
    { "after = \"2.5 x rhythm\"", "after = \"1.5 x rhythm\"",
      "followupd.conf:19: watch is not below after, so nobody would ever be watched; make it shorter" },
    { "watch = \"1.5 x rhythm\"", "watch = \"1.5 x rhythm\"; every = \"1 year\"",
      "followupd.conf:19: a lapse rule does not use \"every\"; only rules of kind \"review\", \"visit\" and "
      "\"first-order\" do" },
    { "watch = \"1.5 x rhythm\"", "usual = \"2 x rhythm\"",
      "followupd.conf:19: usual = \"2 x rhythm\": only after and watch can follow the rhythm; write a period such as "
      "\"6 months\"" },
    { "watch = \"1.5 x rhythm\"", "at_least = \"90 days\"; at_most = \"80 days\"",
      "followupd.conf:19: at_most is below at_least; swap them" },
    { "watch = \"1.5 x rhythm\"", "who = [\"Regular\"]",
      "followupd.conf:19: who names the category \"Regular\", which is not in categories; did you mean \"regular\"?" },
    { "watch = \"1.5 x rhythm\"", "who = [\"key acounts\"]",
      "followupd.conf:19: who names the category \"key acounts\", which is not in categories; did you mean \"key "
      "accounts\"?" },
    { "repeat = \"7 days\"", "repaet = \"7 days\"",
      "followupd.conf:20: \"repaet\" is not a setting of a rule; did you mean \"repeat\"?" },
    { "repeat = \"7 days\"; times = 2;", "repeat = \"7 days\";",
      "followupd.conf:20: repeat without times repeats nothing; add times = 1; or leave repeat out" },
    { "offer = \"tenth\"", "offer = \"tehth\"",
      "followupd.conf:20: there is no offer \"tehth\"; did you mean \"tenth\"?" },
    { "offer = \"tenth\"", "offer = \"half\"",
      "followupd.conf:20: there is no offer \"half\"; the offers are \"tenth\"" },
    { "id = \"review\"", "id = \"lapse\"",
      "followupd.conf:21: there is already a rule \"lapse\", in line 18; give this one an id of its own" },
    { "id = \"review\"", "id = \"review\"; after = \"90 days\"",
      "followupd.conf:21: a review rule does not use \"after\"; only rules of kind \"lapse\", \"referral\" and "
      "\"problem\" do" },
    { "every = (", "evrey = (", "followupd.conf:22: \"evrey\" is not a setting of a rule; did you mean \"every\"?" },
    { "(\"low\", \"1 year\")", "(\"low\", \"1 year\", \"x\")",
      "followupd.conf:22: every is a list of pairs, and this is not a pair of two texts; write for example ( (\"low\", "
      "\"1 year\"), (\"medium\", \"6 months\"), (\"high\", \"3 months\") )" },
    { "(\"low\", \"1 year\")", "(\"low\", \"2 x rhythm\")",
      "followupd.conf:22: every for \"low\" = \"2 x rhythm\": only after and watch can follow the rhythm; write a "
      "period such as \"6 months\"" },
    { "\"3 months\") ); }\n);", "\"3 months\") ); }\n",
      "followupd.conf:17: the \"(\" that opens here is never closed" },
    { "\"3 months\") ); }\n);", "\"3 months\") ; }\n);",
      "followupd.conf:22: \";\" cannot stand inside of ( ... ), which begins in line 22; is it closed where it should "
      "be?" },
    { "\"3 months\") ); }\n);", "\"3 months\") ); }\n); }",
      "followupd.conf:23: this \"}\" closes nothing; take it away, or look above for a missing \"{\"" },
    { "\"3 months\") ); }\n);", "\"3 months\") ); }\n); /* the end\n\n",
      "followupd.conf:23: the comment that begins here is never closed; write */ where it ends" },
    { "\"3 months\")", "\"3 months)",
      "followupd.conf:22: the text that begins here is never closed; a quotation mark is missing here or further "
      "down" },
    { "\"3 months\")", "3 months)",
      "followupd.conf:22: a comma is missing before this\n"
      "followupd.conf:22: months is not understood; a text needs quotation marks" },
    { "store = \"store.db\";", "@include \"missing.conf\"\nstore = \"store.db\";",
      "followupd.conf:2: @include \"missing.conf\": missing.conf does not exist; is the path right?" },
    { "store = \"store.db\";", "@include \".\"\nstore = \"store.db\";",
      "followupd.conf:2: @include \".\": . is a folder, not a file" },
    { "store = \"store.db\";", "@include \"/etc/passwd\"\nstore = \"store.db\";",
      "followupd.conf:2: @include takes names below the folder of the configuration, not \"/etc/passwd\"" },
    { "store = \"store.db\";", "@include \"followupd.conf\"\nstore = \"store.db\";",
      "followupd.conf:2: @include \"followupd.conf\": too many files include each other; does one include itself?" },
    { "store = \"store.db\";", "@include \"more.conf\"\nstore = \"store.db\";",
      "more.conf:2: 3000000000 is too large a number; the largest is 2147483647 (with an L behind it "
      "9223372036854775807)\n"
      "more.conf:2: \"poeple\" is not a setting; did you mean \"people\"?" },
    { "per_day = 5", "per_day = 5; per_week = -5; unassigned = 12; colour = \"red\"",
      "followupd.conf:11: per_week = -5 is out of range; it goes from 0 to 10000\n"
      "followupd.conf:11: unassigned is a number; it takes text, such as \"12\"\n"
      "followupd.conf:11: \"colour\" is not a setting of people; there are \"hours\", \"holidays\", \"per_day\", "
      "\"per_week\" and \"unassigned\"" },
    { "store = \"store.db\";", "store =", "followupd.conf:3: there is no value between the \"=\" and this" },
    { "store = \"store.db\";", "store", "followupd.conf:3: a \"=\" is missing before this" },
    { "store = \"store.db\";", "\"store.db\";", "followupd.conf:2: there is no name and \"=\" before this" },
    { "store = \"store.db\";", "store = \"store.db\";;", "followupd.conf:2: there is a \";\" too many here" },
    { "store = \"store.db\";", "store = \"store.db\" 5;",
      "followupd.conf:2: there is already a value; is a quotation mark or a name with \"=\" missing?" },
    { "store = \"store.db\";", "store = \"store.db\"; true = 5;",
      "followupd.conf:2: true cannot be a name; is a name with \"=\" missing before it?" },
    { "store = \"store.db\";", "store = .;", "followupd.conf:2: a lone \".\" is no number" },
    { "store = \"store.db\";", "store = \"store.db\"; = 5;", "followupd.conf:2: there is no name before this \"=\"" },
    { "[\"email\"]", "[ [\"email\"] ]",
      "followupd.conf:3: [ ... ] holds single values only; write ( ... ) around lists and groups" },
    { "[\"email\"]", "[\"email\"; \"folder\"]",
      "followupd.conf:3: \";\" cannot stand inside of [ ... ], which begins in line 3; is it closed where it should "
      "be?" },
    { "[\"email\"]", "[\"email\" 5]", "followupd.conf:3: a comma is missing before this" },
    { "per_day = 5;", "per_day = 5; rules = ();",
      "followupd.conf:11: \"rules\" is not a setting of people; it stands by itself, outside of all groups" },
    { "per_day = 5;", "per_day = 5; percent = 3;",
      "followupd.conf:11: \"percent\" is not a setting of people; it belongs to an offer" },
    { "\n);\n", "\n);\nlast =", "followupd.conf:24: the file ends in the middle of a setting" },
    { "store = \"store.db\";", "store = \"store.db\"; ",
      "followupd.conf:2: there is an invisible non-breaking space here; write an ordinary one" },
    { "store = \"store.db\";", "store = \"store.db\";",
      "followupd.conf:2: store holds a control character; write it as plain text" },
    { "after = \"2.5 x rhythm\"", "after = \"0.01 x rhythm\"",
      "followupd.conf:19: after: \"0.01 x rhythm\" is too little; at least 0.1 x rhythm" },
    { "after = \"2.5 x rhythm\"", "after = \"900 years\"",
      "followupd.conf:19: after: \"900 years\" is longer than anybody waits; at most 100 years" },
    { "after = \"2.5 x rhythm\"; watch = \"1.5 x rhythm\"",
      "after = ( (\"regular\", \"60 days\"), (\"key accounts\", \"30 days\") ); watch = \"45 days\"",
      "followupd.conf:19: watch for \"key accounts\" is not below after for \"key accounts\", so nobody would ever be "
      "watched; make it shorter" },
    { "times = 2", "times = 2.5",
      "followupd.conf:20: times is a number with decimals; it takes a whole number, such as 0" },
    { "repeat = \"7 days\"; ", "",
      "followupd.conf:20: times without repeat does not say when; add repeat = \"7 days\"; or leave times out" },
    { "{ id = \"tenth\"; percent = 10;", "{ id = 10; percent = 10;",
      "followupd.conf:15: id is a number; it takes a name, such as \"welcome-back\"" },
};

TEST(a_good_configuration_is_taken_without_a_word)
{
    char *answer = answer_to(test_folder(), good, strlen(good));
    CHECK_TEXT(answer, "");
    free(answer);
}

TEST(each_mistake_is_answered_with_its_line_and_a_remedy)
{
    const char *folder = test_folder();
    static const char more[] = "\npoeple = { per_day = 3000000000; };\n";
    write_file(folder, "more.conf", more, strlen(more));
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        char *text = replaced(good, mistakes[i].was, mistakes[i].is);
        char *answer = answer_to(folder, text, strlen(text));
        CHECK_TEXT(answer, mistakes[i].answer);
        free(answer);
        free(text);
    }
}

TEST(a_time_zone_that_does_not_exist_is_no_time_zone)
{
    const char *folder = test_folder();
    char *text = replaced(good, "\"UTC\"", "\"Europe/Olso\""),
         *more = replaced(text, "database =", "zone = \"../x\"; database =");
    char *answer = answer_to(folder, more, strlen(more));
    CHECK_CONTAINS(answer, "followupd.conf:1: time_zone: ");
    CHECK_CONTAINS(answer, "Europe/Olso");
    CHECK_CONTAINS(answer, "followupd.conf:5: zone: ");
    free(answer);
    free(text);
    free(more);
}

TEST(all_mistakes_are_answered_at_once_in_the_order_of_the_file)
{
    char *a = replaced(good, "offer = \"tenth\"", "offer = \"tehth\""),
         *b = replaced(a, "per_day = 5", "per_day = 5000"), *c = replaced(b, "kind = \"lapse\"", "knid = \"lapse\""),
         *d = replaced(c, "percent = 10", "percent = \"10\"");
    char *answer = answer_to(test_folder(), d, strlen(d));
    CHECK_TEXT(answer, "followupd.conf:11: per_day = 5000 is out of range; it goes from 0 to 1000\n"
                       "followupd.conf:15: percent is text in quotation marks; it takes a number, such as 10\n"
                       "followupd.conf:18: \"knid\" is not a setting of a rule; did you mean \"kind\"?\n"
                       "followupd.conf:20: there is no offer \"tehth\"; did you mean \"tenth\"?");
    free(answer);
    free(a), free(b), free(c), free(d);
}
