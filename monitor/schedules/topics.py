"""What an alert is about, as its topic begins: who may close it, and what ends it, hangs on these words."""

from __future__ import annotations

OVERDUE = "overdue:"
"""Something due was not done; ends by a clinical act, never by closing."""

RESULT = "result:"
"""A rule on values is met."""

SIGN = "sign:"
"""A patient noticed a sign and reported it."""

MESSAGE, REMINDER = "message:", "reminder:"
TASKS = (MESSAGE, REMINDER)
"""What a text could not do, a person does."""
