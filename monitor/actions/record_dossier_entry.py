"""Something around a treatment became known: it is stated in a section of its dossier."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from monitor.actions.dossier_statement import statement_row
from monitor.actions.file_fact import file_fact
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.work import Work


@permitted
def record_dossier_entry(
    work: Work,
    *,
    treatment_id: UUID,
    section: str,
    content: Mapping[str, object],
) -> UUID:
    """State something; `content` is a JSON object of the form of its section. The id of the entry.

    Raises Missing, Unacceptable (the field inside is named, `content.expires_on`), Conflict (the section
    holds one entry and has it, the very same is stated, or the record contradicts it).
    """
    treatment = open_treatment(work, treatment_id=treatment_id)
    row = statement_row(work, treatment, section=section, content=content)
    return file_fact(work, treatment, row, action="record_dossier_entry")
