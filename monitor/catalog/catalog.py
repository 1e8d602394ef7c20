"""Everything that was reviewed and released with this version: protocols, dictionary, texts, public holidays."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, cached_property
from pathlib import Path

from monitor.catalog.analyte_file import read_analyte_file
from monitor.catalog.protocol_file import read_protocol
from monitor.labs.analyte import Dictionary
from monitor.notices.inbound_words import Vocabulary
from monitor.notices.letter_words import LetterWords
from monitor.notices.mail_words import MailWords
from monitor.notices.sign_words import SignWords
from monitor.notices.wording import Wording
from monitor.protocols.basis import Basis
from monitor.protocols.protocol import Protocol
from monitor.schedules.working_days import WorkingDays
from monitor.terms import Unacceptable

CONFIG_DIR = Path(__file__).parents[2] / "config"
_NAME = re.compile(r"(?P<id>[a-z][a-z0-9_]*?)(\.v(?P<version>[1-9]\d*))?")


class Catalog:
    """The contents of one `config/` folder, each part read when it is first asked for, and only once."""

    def __init__(self, config_dir: Path) -> None:
        self._config_dir = config_dir
        self._bases: dict[tuple[str, str, str], Basis] = {}

    @property
    def protocol_paths(self) -> tuple[Path, ...]:
        """Every protocol file, by name. Raises Unacceptable where there is none."""
        paths = tuple(sorted((self._config_dir / "protocols").glob("*.toml")))
        if not paths:
            raise Unacceptable("no protocol file in it", field="config/protocols")
        return paths

    @cached_property
    def protocols(self) -> tuple[Protocol, ...]:
        """Every protocol, oldest version first. Raises Unacceptable naming file and path."""
        found = map(read_protocol, self.protocol_paths)
        return tuple(sorted(found, key=lambda protocol: (protocol.id, protocol.version)))

    @cached_property
    def dictionary(self) -> Dictionary:
        """The laboratory dictionary. Raises Unacceptable."""
        return read_analyte_file(self._config_dir / "analytes.toml")

    @cached_property
    def wording(self) -> Wording:
        """Every text a patient can receive. Raises Unacceptable."""
        from monitor.catalog.wording_file import read_wording  # `simulate` does not pay for it

        return read_wording(self._config_dir / "wording")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words by which a text to us is read. Raises Unacceptable."""
        return self.wording.vocabulary()

    @cached_property
    def sign_words(self) -> SignWords:
        """What patients read about signs. Raises Unacceptable."""
        from monitor.catalog.sign_words_file import check_beside, read_sign_words  # as above

        words = read_sign_words(self._config_dir / "wording" / "signs")
        check_beside(words, self.wording)
        return words

    @cached_property
    def mail_words(self) -> MailWords:
        """What colleagues read in an e-mail. Raises Unacceptable."""
        from monitor.catalog.mail_words_file import read_mail_words  # as above

        return read_mail_words(self._config_dir / "wording" / "mail")

    @cached_property
    def letter_words(self) -> LetterWords:
        """What letters say, and how they are laid out. Raises Unacceptable."""
        from monitor.catalog.letter_words_file import read_letter_words  # as above

        return read_letter_words(self._config_dir / "wording" / "letters")

    def protocol(self, name: str) -> Protocol:
        """The protocol called `tofersen` (its newest version) or `tofersen.v1`. Raises Unacceptable."""
        wanted = _NAME.fullmatch(name)
        for protocol in reversed(self.protocols):
            if wanted and protocol.id == wanted["id"] and wanted["version"] in (None, str(protocol.version)):
                return protocol
        raise Unacceptable("no such protocol", field="protocol")

    def working_days(self, country: str) -> WorkingDays:
        """The working days of a country (ISO 3166 code). Raises Unacceptable where its holidays are not known."""
        return _working_days(country)

    def basis(self, protocol: str, profile: str, *, country: str) -> Basis:
        """What a treatment under that protocol is judged by in that country. Raises Unacceptable as the two above."""
        asked = (protocol, profile, country)
        known = self._bases.get(asked)
        if known is None:
            known = Basis(self.protocol(protocol), profile, self.dictionary, self.working_days(country))
            self._bases[asked] = known
        return known

    def check(self) -> None:
        """Reads everything, so that a wrong file keeps the process from starting. Raises Unacceptable."""
        _ = self.protocols, self.dictionary, self.wording, self.sign_words, self.mail_words, self.letter_words


def load_catalog(config_dir: Path = CONFIG_DIR) -> Catalog:
    """The catalog of a `config/` folder; nothing is read before it is asked for."""
    return Catalog(config_dir)


@cache
def _working_days(country: str) -> WorkingDays:
    from holidays import country_holidays  # slow, and not every command suggests a date

    try:
        country_holidays(country)
    except RuntimeError:
        raise Unacceptable("the public holidays of this country are not known", field="country") from None

    @cache
    def holidays_of(year: int) -> frozenset[dt.date]:
        return frozenset(country_holidays(country, years=year))

    return WorkingDays(holidays_of)
