"""The form of each dose over the API: open with what is known, filed with what was asked, corrected in the open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import TODAY, Cast
from tests.client import Answer, Client

API = "/api/v1"
SECRET = "Tiberius-Secretum"
ANSWERS = {"had_adverse_event": False, "pregnancy_exposure": "not_applicable", "had_device_problem": False}


def dose(client: Client, cast: Cast, *, before: int = 10) -> str:
    body = {"treatment_id": str(cast.theo_treatment), "on": str(TODAY - dt.timedelta(days=before))}
    given: str = client.post(f"{API}/administrations", json=body, headers=cast.nora.headers).json["id"]
    return given


def assess(client: Client, cast: Cast, scale: str, *, before: int = 10, **found: Any) -> Answer:
    body = {"patient_id": str(cast.theo), "scale": scale, "on": str(TODAY - dt.timedelta(days=before)), **found}
    return client.post(f"{API}/assessments", json=body, headers=cast.nora.headers)


def show(client: Client, cast: Cast, dose_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"{API}/follow-up-forms/{dose_id}", headers=cast.farah.headers).json
    return answer


def file(client: Client, cast: Cast, dose_id: str, **other: Any) -> Answer:
    return client.post(f"{API}/follow-up-forms/{dose_id}", json={"answers": ANSWERS | other}, headers=cast.nora.headers)


def test_it_is_filled_in_from_what_is_known(client: Client, cast: Cast) -> None:
    given = dose(client, cast)
    assess(client, cast, "weight", value="71.5")
    assess(client, cast, "alsfrs_r", items=[4, 4, 4, 3, 3, 3, 2, 2, 2, 4, 4, 4], has_gastrostomy=False, before=12)

    form = show(client, cast, given)

    assert (form["is_open"], form["dose_number"], form["answers"], form["history"]) == (True, 1, None, [])
    measures = {one["scale"]: one["value"] for one in form["prefilled"]["measures"]}
    assert measures == {"weight": "71.5", "alsfrs_r": "39"}
    assert form["prefilled"]["missing"] == ["respiratory_status", "nutritional_status", "ambulatory_status"]


def test_it_keeps_what_was_filed_and_every_version(client: Client, cast: Cast) -> None:
    given = dose(client, cast)
    first = file(client, cast, given, had_adverse_event=True, adverse_event="headache").json["id"]
    assess(client, cast, "weight", value="71.5")
    filed = show(client, cast, given)
    body = {"form_id": first, "answers": ANSWERS, "reason": "it was somebody else"}
    second = client.post(f"{API}/follow-up-forms/{given}/correct", json=body, headers=cast.noor.headers).json["id"]
    corrected = show(client, cast, given)

    assert (filed["is_open"], filed["is_report_owed"], filed["form_id"]) == (False, True, first)
    assert "weight" in filed["prefilled"]["missing"]
    assert (corrected["is_report_owed"], corrected["form_id"]) == (False, second)
    assert [one["value"] for one in corrected["prefilled"]["measures"]] == ["71.5"]
    assert [(one["id"], one["replaces_id"], one["reason"]) for one in corrected["history"]] == [
        (first, None, None),
        (second, first, "it was somebody else"),
    ]
    assert corrected["history"][0]["answers"]["adverse_event"] == "headache"


def test_it_lists_the_doses_with_their_forms(client: Client, cast: Cast) -> None:
    doses = [dose(client, cast, before=days) for days in (44, 30, 16)]
    file(client, cast, doses[1])
    path = f"{API}/follow-up-forms?treatment_id={cast.theo_treatment}"

    def listed(more: str) -> list[tuple[int, bool]]:
        items = client.get(path + more, headers=cast.farah.headers).json["items"]
        return [(one["dose_number"], one["is_open"]) for one in items]

    assert listed("") == [(3, True), (2, False), (1, True)]
    assert (listed("&state=open"), listed("&state=filed")) == ([(3, True), (1, True)], [(2, False)])
    page = client.get(f"{path}&limit=2", headers=cast.nora.headers).json
    assert listed(f"&limit=2&cursor={page['next']}") == [(1, True)]
    of_ada = client.get(f"{API}/follow-up-forms?treatment_id={cast.ada_treatment}", headers=cast.nora.headers)
    assert (of_ada.json["items"], of_ada.json["patient"]["id"]) == ([], str(cast.ada))


def test_it_follows_the_corrections_of_its_dose(client: Client, cast: Cast) -> None:
    first = dose(client, cast)
    file(client, cast, first)
    body = {"on": str(TODAY - dt.timedelta(days=9)), "reason": "wrong day typed"}
    path = f"{API}/administrations/{first}/correct"
    second = client.post(path, json=body, headers=cast.nora.headers).json["id"]

    assert show(client, cast, first) == show(client, cast, second)
    assert show(client, cast, second)["dose_id"] == second
    assert not show(client, cast, second)["is_open"]


def take_back(client: Client, cast: Cast, dose_id: str) -> str:
    path, why = f"{API}/administrations/{dose_id}/retract", {"reason": "never given"}
    retraction: str = client.post(path, json=why, headers=cast.nora.headers).json["id"]
    return retraction


def test_a_report_outlives_the_dose_that_it_was_made_about_g10(client: Client, cast: Cast) -> None:
    """Any exposure in a pregnancy is reportable, later refuted or not: pharmacovigilance still finds it."""
    kept, given = dose(client, cast, before=30), dose(client, cast)
    happened = {"had_adverse_event": True, "adverse_event": "myelitis", "pregnancy_exposure": "yes"}
    form = file(client, cast, given, **happened).json["id"]
    before = show(client, cast, given)
    retraction = take_back(client, cast, given)

    shown = show(client, cast, given)
    assert shown == {**before, "is_taken_back": True, "dose_number": None}
    assert (shown["form_id"], shown["is_open"], shown["is_report_owed"]) == (form, False, True)
    assert (shown["answers"]["adverse_event"], len(shown["history"])) == ("myelitis", 1)
    assert show(client, cast, retraction) == shown
    path = f"{API}/follow-up-forms?treatment_id={cast.theo_treatment}"
    listed = {
        state: [
            (one["dose_id"], one["is_open"], one["is_taken_back"], one["is_report_owed"])
            for one in client.get(path + state, headers=cast.farah.headers).json["items"]
        ]
        for state in ("", "&state=filed", "&state=open")
    }
    of_given, of_kept = (given, False, True, True), (kept, True, False, None)
    assert listed == {"": [of_given, of_kept], "&state=filed": [of_given], "&state=open": [of_kept]}
    page = client.get(f"{path}&limit=1", headers=cast.farah.headers).json
    rest = client.get(f"{path}&limit=1&cursor={page['next']}", headers=cast.farah.headers).json
    assert [one["dose_id"] for one in page["items"] + rest["items"]] == [given, kept]
    assert file(client, cast, given).status_code == 409


def test_every_version_outlives_a_dose_whose_form_was_taken_back_first(client: Client, cast: Cast) -> None:
    given = dose(client, cast)
    form = file(client, cast, given, had_device_problem=True, device_problem="the needle broke").json["id"]
    body = {"form_id": form, "reason": "wrong patient"}
    client.post(f"{API}/follow-up-forms/{given}/retract", json=body, headers=cast.nora.headers)
    take_back(client, cast, given)

    shown = show(client, cast, given)
    assert (shown["is_open"], shown["form_id"], shown["answers"]) == (False, None, None)
    assert [one["answers"]["device_problem"] for one in shown["history"]] == ["the needle broke"] * 2


def test_a_dose_that_was_taken_back_without_a_form_has_none(client: Client, cast: Cast) -> None:
    given = dose(client, cast)
    retraction = take_back(client, cast, given)

    for one in (given, retraction):
        assert client.get(f"{API}/follow-up-forms/{one}", headers=cast.nora.headers).status_code == 404
    path = f"{API}/follow-up-forms?treatment_id={cast.theo_treatment}"
    assert client.get(path, headers=cast.nora.headers).json["items"] == []
    assert file(client, cast, given).status_code == 409


def test_it_opens_again_when_it_is_taken_back_and_tells_who_came_late(client: Client, cast: Cast) -> None:
    given = dose(client, cast)
    form = file(client, cast, given).json["id"]
    body = {"form_id": form, "reason": "wrong patient"}
    answers = [
        client.post(f"{API}/follow-up-forms/{given}/retract", json=body, headers=who.headers).status_code
        for who in (cast.nora, cast.noor)
    ]

    assert answers == [201, 409]
    assert show(client, cast, given)["is_open"]
    assert [one["is_retraction"] for one in show(client, cast, given)["history"]] == [False, True]


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"had_adverse_event": None}, "answers.had_adverse_event"),
    ({"had_adverse_event": True}, "answers.adverse_event"),
    ({"pregnancy_exposure": SECRET}, "answers.pregnancy_exposure"),
    ({"weight": SECRET}, "answers.weight"),
)


def test_it_names_the_question_and_never_repeats_the_answer(client: Client, cast: Cast) -> None:
    given = dose(client, cast)

    answers = [file(client, cast, given, **other) for other, _ in WRONG]

    assert {answer.status_code for answer in answers} == {422}
    assert [answer.json["errors"][0]["field"] for answer in answers] == [field for _, field in WRONG]
    assert not any(SECRET in answer.text for answer in answers)
    assert show(client, cast, given)["is_open"]


def test_it_shows_a_score_with_its_items_and_parts(client: Client, cast: Cast) -> None:
    items = [4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1]
    scored = assess(client, cast, "alsfrs_r", items=items, has_gastrostomy=True).json["id"]
    body = {"on": str(TODAY - dt.timedelta(days=9)), "reason": "wrong day typed"}
    client.post(f"{API}/assessments/{scored}/correct", json=body, headers=cast.nora.headers)

    path = f"{API}/assessments?patient_id={cast.theo}"
    right, wrong = client.get(path, headers=cast.farah.headers).json["items"]

    assert (right["value"], right["items"], right["has_gastrostomy"]) == ("30", items, True)
    assert right["sub_scores"] == {"bulbar": 12, "fine_motor": 9, "gross_motor": 6, "respiratory": 3}
    assert (wrong["replaced_by"], right["replaces_id"]) == (right["id"], scored)


def test_it_refuses_a_score_that_is_not_whole(client: Client, cast: Cast) -> None:
    wrong = {"items": [4] * 11, "items[11]": [*[4] * 11, 5], "items[3]": [4, 4, 4, "4", *[4] * 8]}
    answers = {
        field: assess(client, cast, "alsfrs_r", items=items, has_gastrostomy=False) for field, items in wrong.items()
    }

    told = {field: [error["field"] for error in answer.json["errors"]] for field, answer in answers.items()}
    assert told == {field: [field] for field in wrong}


def test_it_asks_to_confirm_a_weight_that_changed_too_fast(client: Client, cast: Cast) -> None:
    answers = [
        assess(client, cast, "weight", value="70"),
        assess(client, cast, "weight", value="60", before=2),
        assess(client, cast, "weight", value="60", before=2, is_confirmed=True),
    ]

    assert [answer.status_code for answer in answers] == [201, 422, 201]
    assert answers[1].json["errors"][0]["field"] == "value"
