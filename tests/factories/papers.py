"""What must be there before Ada's first infusion, for tests about the ordinary way to give it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.record_panel import record_panel
from monitor.actions.sheet_line import PanelValue
from tests.cast import NOW, Cast, Stage

BASELINE: Mapping[str, tuple[PanelValue, ...]] = {
    "cbc": (
        PanelValue(analyte="platelets", value="212", unit="10*9/L"),
        PanelValue(analyte="haemoglobin", value="135", unit="g/L"),
        PanelValue(analyte="leukocytes", value="6.1", unit="10*9/L"),
        PanelValue(analyte="neutrophils", value="3.4", unit="10*9/L"),
        PanelValue(analyte="lymphocytes", value="1.6", unit="10*9/L"),
    ),
    "creatinine": (PanelValue(analyte="creatinine", value="72", unit="umol/L"),),
    "urinalysis": (
        PanelValue(analyte="urine_blood_strip", value="neg", unit=""),
        PanelValue(analyte="urine_protein_strip", value="neg", unit=""),
    ),
    "liver": (
        PanelValue(analyte="alt", value="22", unit="U/L"),
        PanelValue(analyte="ast", value="24", unit="U/L"),
        PanelValue(analyte="bilirubin_total", value="9", unit="umol/L"),
    ),
    "tsh": (PanelValue(analyte="tsh", value="2.1", unit="m[IU]/L"),),
}
"""By stream of the calendar, a sheet on which nothing is out of the ordinary."""
PAPERS: Mapping[str, tuple[str, dict[str, object]]] = {
    "commitment": ("commitment", {"signed_on": "<on>"}),
    "patient_card": ("handed_over", {"paper": "patient_card", "handed_on": "<on>"}),
    "patient_guide": ("handed_over", {"paper": "patient_guide", "handed_on": "<on>"}),
}
"""By gate, the section of the dossier and what it states."""


def bring_papers(stage: Stage, cast: Cast, *, on: dt.date, without: str = "", at: dt.datetime = NOW) -> None:
    """The baseline of five streams, the signed commitment, card and guide, all of one day, but for one of them."""
    values = [value for stream, sheet in BASELINE.items() if stream != without for value in sheet]
    with stage.work(by=cast.nora.actor, at=at) as work:
        record_panel(work, patient_id=cast.ada, collected_on=on, values=values)
    for gate, (section, content) in PAPERS.items():
        if gate != without:
            stated = {name: str(on) if said == "<on>" else said for name, said in content.items()}
            with stage.work(by=cast.nora.actor, at=at) as work:
                record_dossier_entry(work, treatment_id=cast.ada_treatment, section=section, content=stated)
