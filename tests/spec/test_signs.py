"""How soon must somebody act on what a patient notices, whom does it alert, and does the next dose wait?"""

from __future__ import annotations

from monitor.catalog import load_catalog
from monitor.notices.signs import LEVELS, Sign
from monitor.protocols.protocol import Protocol
from tests.spec.tables import table

RELEASED = load_catalog()


@table("""
    suspected              | urgency          | alert    | dose  | signs
    breathing, anaphylaxis | emergency        | critical | -     | sudden_breathing_trouble loss_of_consciousness
    breathing, anaphylaxis | emergency        | critical | -     | seizure face_or_tongue_swelling
    breathing, anaphylaxis | emergency        | critical | -     | hives_with_breathlessness
    cord compression       | emergency        | critical | waits | legs_cannot_move
    myelitis, radiculitis  | same_day         | urgent   | waits | new_weakness numbness_legs_or_trunk
    myelitis, radiculitis  | same_day         | urgent   | waits | electric_or_belt_pain bladder_or_bowel_trouble
    intracranial pressure  | same_day         | urgent   | waits | headache_with_vomiting blurred_or_double_vision
    intracranial pressure  | same_day         | urgent   | waits | brief_loss_of_sight noise_in_ears
    intracranial pressure  | same_day         | urgent   | waits | headache_worse_lying
    meningitis             | same_day         | urgent   | waits | fever_with_headache stiff_neck light_hurts
    meningitis             | same_day         | urgent   | waits | confusion
    puncture               | same_day         | urgent   | -     | fever puncture_site_inflamed
    puncture               | same_day         | urgent   | -     | back_pain_increasing
    post-LP syndrome       | within_72_hours  | soon     | -     | headache_when_upright
    platelets, kidney      | within_72_hours  | soon     | -     | bruising unusual_bleeding dark_urine
    platelets, kidney      | within_72_hours  | soon     | -     | foamy_urine
    progression, nutrition | next_visit       | info     | -     | swallowing_worse weight_loss more_falls
    progression, nutrition | next_visit       | info     | -     | more_fatigue sleep_worse
    pregnancy              | within_24_hours  | urgent   | waits | possible_pregnancy
    bleeding at the needle | within_72_hours  | soon     | -     | new_anticoagulant planned_surgery
""")
def test_signs_with_tofersen(suspected: str, urgency: str, alert: str, dose: str, signs: str) -> None:
    """Where two times are given, 24 to 72 hours, the patient hears both and the later one counts here."""
    assert suspected
    _compare(RELEASED.protocol("tofersen.v1"), signs, urgency, alert, dose)


@table("""
    suspected              | urgency          | alert    | dose  | signs
    brain, neck vessels    | emergency        | critical | waits | face_drooping sudden_weakness sudden_numbness
    brain, neck vessels    | emergency        | critical | waits | sudden_severe_headache neck_pain speech_trouble
    brain, neck vessels    | emergency        | critical | waits | sudden_vision_trouble
    heart, lung            | emergency        | critical | -     | chest_pain breathlessness coughing_blood
    heart, lung            | emergency        | critical | -     | fast_or_irregular_pulse faintness
    blood                  | emergency        | critical | -     | bleeding_does_not_stop
    blood                  | same_day         | urgent   | -     | skin_spots bruising long_bleeding
    blood                  | same_day         | urgent   | -     | bleeding_gums_nose heavy_periods blood_in_spit
    kidney                 | same_day         | urgent   | -     | red_urine swollen_legs
    liver                  | same_day         | urgent   | -     | yellow_eyes_or_skin dark_urine right_belly_pain
    liver                  | same_day         | urgent   | -     | unexplained_nausea unusual_fatigue
    gall bladder           | same_day         | urgent   | -     | belly_pain_with_fever belly_pain_with_vomiting
    infection              | same_day         | urgent   | -     | fever shivering stiff_neck diarrhoea_with_fever
    infection              | same_day         | urgent   | -     | shingles
    immune overactivity    | same_day         | urgent   | -     | persistent_high_fever swollen_glands rash
    immune overactivity    | same_day         | urgent   | -     | confusion
    brain                  | within_24_hours  | urgent   | waits | thinking_change personality_change
    brain                  | within_24_hours  | urgent   | waits | vision_change balance_change strength_change
    pregnancy              | within_24_hours  | urgent   | waits | possible_pregnancy
    bowel                  | within_48_hours  | urgent   | -     | long_diarrhoea blood_in_stool
    thyroid                | within_a_week    | soon     | -     | sweating weight_change eye_swelling
    thyroid                | within_a_week    | soon     | -     | palpitations nervousness feeling_cold
    thyroid                | within_a_week    | soon     | -     | lasting_tiredness constipation
    skin, lymph nodes      | within_two_weeks | soon     | -     | changing_mole neck_lump voice_change
""")
def test_signs_after_alemtuzumab(suspected: str, urgency: str, alert: str, dose: str, signs: str) -> None:
    """Coughed blood is a sign of lung and kidney; the graver urgency counts."""
    assert suspected
    _compare(RELEASED.protocol("alemtuzumab.v1"), signs, urgency, alert, dose)


@table("""
    sign              | not pregnant  | pregnant
    palpitations      | within_a_week | within_24_hours
    lasting_tiredness | within_a_week | within_24_hours
    neck_lump         | within_two_weeks | within_two_weeks
    fever             | same_day      | same_day
""")
def test_signs_of_the_thyroid_in_a_pregnancy(sign: str, not_pregnant: str, pregnant: str) -> None:
    """Within a day, not a week."""
    found = _signs(RELEASED.protocol("alemtuzumab.v1"))[sign]
    assert (found.urgency_for(is_pregnant=False), found.urgency_for(is_pregnant=True)) == (not_pregnant, pregnant)


def test_the_tables_hold_every_sign_of_the_protocols() -> None:
    for protocol, check in (
        ("tofersen.v1", test_signs_with_tofersen),
        ("alemtuzumab.v1", test_signs_after_alemtuzumab),
    ):
        marks = check.pytestmark  # type: ignore[attr-defined]
        listed = [sign for one in marks[0].args[1] for sign in one.values[0]["signs"].split()]
        assert sorted(listed) == sorted(_signs(RELEASED.protocol(protocol)))


def test_whoever_cannot_reach_the_team_with_a_bleeding_or_kidney_sign_goes_elsewhere() -> None:
    found = _signs(RELEASED.protocol("alemtuzumab.v1"))
    bleeding = "bleeding_does_not_stop skin_spots bruising long_bleeding bleeding_gums_nose heavy_periods blood_in_spit"
    for name in f"{bleeding} red_urine swollen_legs coughing_blood".split():
        assert found[name].seek_elsewhere, name


def _compare(protocol: Protocol, names: str, urgency: str, alert: str, dose: str) -> None:
    found = _signs(protocol)
    for name in names.split():
        sign = found[name]
        held = "waits" if sign.holds_dose else "-"
        assert (sign.urgency, LEVELS[sign.urgency], held) == (urgency, alert, dose), name


def _signs(protocol: Protocol) -> dict[str, Sign]:
    return {sign.id: sign for sign in protocol.signs}
