"""What the words mean that a field of the API may hold: told beside the list of them, so that nobody has to guess."""

from __future__ import annotations

from collections.abc import Collection, Mapping

MEANINGS: tuple[Mapping[str, str], ...] = (
    {
        "done": "credited by a fact",
        "waived": "a neurologist said, with a reason, that it is not needed",
        "cancelled": "what it belonged to came to an end",
        "missed": "its window closed without a credit",
        "overdue": "so late that somebody must act",
        "late": "the due date has passed",
        "open": "it can be done now, and the due date has not passed",
        "planned": "its window is not open yet",
    },
    {
        "overdue": "somebody must act",
        "late": "the due date has passed",
        "today": "to be done today",
        "upcoming": "to come",
    },
    {
        "dose": "a dose to give",
        "lab": "a sample to take; only its result credits it",
        "assessment": "a scale or an examination",
        "task": "something to do that leaves no value",
    },
    {
        "critical": "now",
        "urgent": "today",
        "soon": "within days",
        "info": "to know; nothing has to be done at once",
    },
    {
        "preliminary": "the laboratory may still change it; it credits nothing",
        "final": "the laboratory stands behind it",
        "corrected": "it replaces a value that was wrong",
        "entered_in_error": "it never should have been there",
    },
    {
        "open": "somebody must act",
        "snoozed": "put off until a moment that lies ahead",
        "closed": "settled, by a person or by itself",
    },
    {
        "repeat_ordered": "another sample was asked for",
        "patient_called": "the patient was called",
        "patient_seen": "the patient was seen",
        "referred": "somebody else was asked",
        "treatment_held": "the next dose waits",
        "treatment_changed": "another dose, another drug, or none",
        "handled": "what it asked for was done otherwise",
        "already_known": "nothing had to be done: it was known",
        "not_true": "an error of entry or of the sample, or true no longer",
        "no_action_needed": "nothing had to be done",
    },
    {"nurse": "any nurse of the site", "neurologist": "any neurologist of the site"},
    {
        "patient": "nobody signs in as one yet",
        "nurse": "gives care at a site",
        "neurologist": "decides at a site",
        "pharmacovigilance": "reads by pseudonym",
        "admin": "looks after accounts and the machine, and reads no content",
        "lab_system": "a program that enters results",
        "system": "the clock itself",
    },
    {
        "pending": "waits for its time",
        "sending": "is being handed to the provider",
        "accepted": "the provider has it; whether it arrived is not known",
        "delivered": "it arrived",
        "undelivered": "the provider could not deliver it",
        "failed": "it cannot be sent to this number",
        "uncertain": "it may have left or not",
        "needs_human": "a person has to look",
        "cancelled": "ended by a person or a death",
        "suppressed": "no longer true or wanted when its turn came",
    },
    {
        "block": "the dose is refused until a neurologist gives a reason",
        "ask": "somebody has to look before the dose; nothing is refused for it",
        "pass": "nothing stands against the dose",
    },
    {
        "clotted": "the blood had clotted",
        "clumped": "the platelets had clumped: no count of them can be trusted",
        "haemolysed": "the red cells had burst",
        "insufficient": "there was too little of it",
        "lost": "the sample never arrived, or is gone",
        "refused": "the laboratory or the patient refused it",
        "other": "something else",
    },
    {
        "low": "below the lower limit",
        "normal": "between the limits, or on one of them",
        "high": "above the upper limit",
        "unknown": "neither the laboratory nor the dictionary has limits",
    },
    {
        "emergency": "call the emergency number now",
        "same_day": "to be seen today",
        "within_24_hours": "to be seen within a day",
        "within_48_hours": "to be seen within two days",
        "within_72_hours": "to be seen within three days",
        "within_a_week": "to be seen within a week",
        "within_two_weeks": "to be seen within two weeks",
        "next_visit": "to be told at the next visit",
    },
    {"eu": "as labelled in the European Union", "us": "as labelled in the United States"},
)


def meaning_of(words: Collection[str]) -> str | None:
    """What each of these words means, as one text; None where they explain themselves."""
    known = next((meanings for meanings in MEANINGS if set(words) <= set(meanings)), None)
    return None if known is None else "; ".join(f"`{word}`: {known[word]}" for word in words)
