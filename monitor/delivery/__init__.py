"""HOW DOES A TEXT LEAVE? Open this to change the outbox: queueing, claiming, calling the provider, its answers."""
