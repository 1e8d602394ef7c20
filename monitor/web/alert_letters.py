"""What a card says of the letters about what is late: to whom, since when they are asked for, when they were posted."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.overviews.alerts import Alert
from monitor.web.alert_words import Line
from monitor.web.spoken import Spoken


def letter_lines(one: Alert, spoken: Spoken) -> Iterator[Line]:
    """One line a letter; what nobody posted yet is to be read before the rest."""
    for letter in one.letters:
        what = f"{'registered, ' * letter.is_registered}to the {letter.to.replace('_', ' ')}"
        if letter.sent_on is None:
            yield Line("Letter", f"{what}: asked for since {spoken.day(letter.since)}, not posted.", is_pressing=True)
        else:
            yield Line("Letter", f"{what}: posted {spoken.day(letter.sent_on)}.")
