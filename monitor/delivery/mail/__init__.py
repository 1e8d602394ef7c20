"""E-mail to colleagues: that something waits for them, and nothing else; sent by the protocol of the texts."""
