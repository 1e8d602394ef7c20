"""The pages of the demonstration, without sign-in: they exist only where every patient is invented."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from monitor.drawing.trend_picture import trend_picture
from monitor.edge.house import at_work
from monitor.edge.sign_in import SignIn
from monitor.overviews.administrations import administrations
from monitor.overviews.messages import messages
from monitor.overviews.patients import patient, patients
from monitor.overviews.sending import sending
from monitor.overviews.treatments import treatments
from monitor.overviews.trends import trend_of
from monitor.settings import Environment, Settings, WrongSetting
from monitor.terms import Actor
from monitor.web.gathering import A_PAGE, every, gather
from monitor.web.home_page import present_people
from monitor.web.patient_page import PatientPage, all_in_sight, present_doses, present_gates
from monitor.web.phones_page import present_phones
from monitor.web.standstill import present_standstill

NAME = "demonstration"
_WIDTHS = {"narrow": 330, "wide": 560}  # of a chart on a telephone and on a desk


def pages(settings: Settings) -> Blueprint:
    """The pages, for `create_app`; raises WrongSetting anywhere but in a demonstration."""
    if settings.environment is not Environment.DEMO:
        raise WrongSetting("environment", "the pages without sign-in exist only in a demonstration")
    routes = Blueprint(
        NAME, __name__, template_folder="templates", static_folder="static", static_url_path="/demo/static"
    )
    sizes = ", ".join(_WIDTHS)
    shown: dict[str, tuple[str, Callable[..., str | Response]]] = {
        "/": ("home", home),
        "/demo/phones": ("phones", phones),
        "/demo/agenda": ("agenda", work_list),
        "/demo/patients/<uuid:patient_id>": ("patient", one_patient),
        f"/demo/trends/<uuid:treatment_id>/<analyte>/<any({sizes}):size>.svg": ("trend", trend),
        "/favicon.ico": ("icon", lambda: routes.send_static_file("icon.svg")),  # asked for by a chart that stands alone
    }
    routes.context_processor(lambda: {"standstill": standstill})
    for address, (name, view) in shown.items():
        routes.add_url_rule(address, name, view)
    return routes


def visitor(actor: Actor) -> SignIn:
    """Whoever looks at these pages, and only at these, sees them with the eyes of this member of the staff."""

    def sign_in() -> Actor | None:
        return actor if request.blueprint == NAME else None

    return sign_in


def standstill() -> tuple[str, ...]:
    """What keeps the clock's work from being done; asked by the frame of every page."""
    with at_work(only_reads=True) as work:
        return present_standstill(sending(work))


def home() -> str:
    """What this is, and who is in it."""
    with at_work(only_reads=True) as work:
        there = gather(work)
        people = present_people(
            [one for one in there.people if there.centres.chosen in (None, one.site_id)],
            titles=there.titles,
            items=there.items(),
            centres=there.centres,
            spoken=there.spoken,
        )
    return render_template("demonstration/home.html", people=people, centres=there.centres)


def phones() -> str:
    """The phone of each patient, with what really went through the outbox."""
    with at_work(only_reads=True) as work:
        there = gather(work)
        chosen = there.centres.chosen
        everybody = every(lambda cursor: patients(work, cursor=cursor, limit=A_PAGE, site_id=chosen))
        shown = present_phones(
            [patient(work, patient_id=one.id) for one in everybody],
            messages=every(lambda cursor: messages(work, cursor=cursor, limit=A_PAGE)),
            spoken=there.spoken,
        )
    return render_template("demonstration/phones.html", page=shown, centres=there.centres)


def work_list() -> str:
    """What is due, and what somebody must act upon."""
    with at_work(only_reads=True) as work:
        there = gather(work)
        inbox, parts = there.care()
    today = there.spoken.long(there.spoken.today)
    return render_template("demonstration/agenda.html", parts=parts, inbox=inbox, today=today, centres=there.centres)


def one_patient(patient_id: UUID) -> str:
    """What somebody must know of one patient: alerts, values, what stands before the next dose, doses given."""
    with at_work(only_reads=True) as work:
        there = gather(work)
        one = patient(work, patient_id=patient_id)
        treated = every(lambda cursor: treatments(work, cursor=cursor, limit=A_PAGE, patient_id=patient_id))
        inbox, parts = there.care(patient_id=patient_id)
        given = [
            dose
            for treatment in treated
            for dose in administrations(work, treatment_id=treatment.id, cursor=None, limit=A_PAGE).items
        ]
        about = (there.spoken.born(one.birth_date), there.titles.therapy(one.id), there.centres.name(one.site_id))
        page = PatientPage(
            name=f"{one.given_name} {one.family_name}",
            lead=" · ".join(word for word in about if word),
            inbox=all_in_sight(inbox),
            parts=tuple(part for part in parts if part.entries or part.later),
            gates=present_gates(
                there.gates(treatment.id for treatment in treated).values(),
                items=there.items(patient_id=patient_id),
                titles=there.titles,
                spoken=there.spoken,
            ),
            doses=present_doses(given, titles=there.titles, duty=there.duty, spoken=there.spoken),
            no_dose="No dose was given yet.",
        )
    return render_template("demonstration/patient.html", page=page)


def trend(treatment_id: UUID, analyte: str, size: str) -> Response:
    """The values of one analyte as a picture, drawn as for a letter; nobody's name is in it."""
    with at_work(only_reads=True) as work:
        found = trend_of(work, treatment_id=treatment_id, analyte=analyte)
    return Response(trend_picture(found, language="en", width=_WIDTHS[size]), mimetype="image/svg+xml")
