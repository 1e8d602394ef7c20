"""The door for the provider alone: receipts of our texts, and texts to us, each proven by its signature."""
