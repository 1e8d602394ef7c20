"""What a dossier states was wrong, or is no more: a new version says what is right, and the old one stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.dossier_statement import open_statement, statement_row
from monitor.actions.file_fact import file_fact
from monitor.actions.permitted import permitted
from monitor.work import Work


@permitted
def correct_dossier_entry(
    work: Work,
    *,
    treatment_id: UUID,
    entry_id: UUID,
    content: Mapping[str, object],
    reason: str,
) -> UUID:
    """Replace an entry by the whole of what is right. The id of the new version.

    Raises what `record_dossier_entry` raises, and Conflict where somebody corrected or retracted it already.
    """
    why = read_reason(reason)
    treatment, old = open_statement(work, treatment_id=treatment_id, entry_id=entry_id)
    row = statement_row(work, treatment, section=old.section, content=content, replaces_id=old.id, why=why)
    return file_fact(work, treatment, row, action="correct_dossier_entry", why=why)
