"""WHAT HAPPENS BY ITSELF? The alarm clock: a few ticks that say "look at the database"; what is due is a query."""
