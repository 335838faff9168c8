-- The same in the language of the admin's mail, in paragraphs. NULL: raised before there was one; `text` is English.
ALTER TABLE alert ADD COLUMN said TEXT;
