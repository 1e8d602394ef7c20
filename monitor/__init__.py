"""monitor: treatment calendars and long-term laboratory surveillance for people with multiple sclerosis and ALS."""
