-- What is asked in every step, or of every episode in every look, reads what is still open only: what was settled stays for ever.
CREATE INDEX message_open ON message (not_before) WHERE settled_at IS NULL;
CREATE INDEX telling_open ON telling (episode, message) WHERE reached IS NULL;
CREATE INDEX offer_told ON offer (customer) WHERE state = 'told';
