"""What all doors share: the lent database session, signing in, roles, errors, limits and headers."""
