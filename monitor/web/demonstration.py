"""The pages of the demonstration, without sign-in: they exist only where every patient is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from monitor.drawing.trend_picture import trend_picture
from monitor.edge.house import at_work
from monitor.edge.sign_in import SignIn
from monitor.overviews.absences import absences
from monitor.overviews.agenda import AgendaItem, agenda
from monitor.overviews.alerts import Alert, alerts
from monitor.overviews.gates import gates
from monitor.overviews.me import me
from monitor.overviews.messages import messages
from monitor.overviews.pages import Page
from monitor.overviews.patients import patient, patients
from monitor.overviews.rota import Member, colleagues, turns
from monitor.overviews.site_days import site_days
from monitor.overviews.treatments import treatments
from monitor.overviews.trends import trend_of
from monitor.settings import Environment, Settings, WrongSetting
from monitor.terms import Actor
from monitor.web.agenda_page import present_agenda
from monitor.web.alert_cards import present_alerts
from monitor.web.centres import Centres
from monitor.web.duty import Duty
from monitor.web.held_doses import HeldDoses, may_hold
from monitor.web.home_page import present_people
from monitor.web.phones_page import present_phones
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles
from monitor.work import Work

NAME = "demonstration"
_A_PAGE = 500
_WIDTHS = {"narrow": 330, "wide": 560}  # of a chart on a telephone and on a desk
_T = TypeVar("_T")


def pages(settings: Settings) -> Blueprint:
    """The pages, for `create_app`; raises WrongSetting anywhere but in a demonstration."""
    if settings.environment is not Environment.DEMO:
        raise WrongSetting("environment", "the pages without sign-in exist only in a demonstration")
    routes = Blueprint(
        NAME, __name__, template_folder="templates", static_folder="static", static_url_path="/demo/static"
    )
    routes.add_url_rule("/", "home", home)
    routes.add_url_rule("/demo/phones", "phones", phones)
    routes.add_url_rule("/demo/agenda", "agenda", work_list)
    routes.add_url_rule(
        f"/demo/trends/<uuid:treatment_id>/<analyte>/<any({', '.join(_WIDTHS)}):size>.svg", "trend", trend
    )
    return routes


def visitor(actor: Actor) -> SignIn:
    """Whoever looks at these pages, and only at these, sees them with the eyes of this member of the staff."""

    def sign_in() -> Actor | None:
        return actor if request.blueprint == NAME else None

    return sign_in


def home() -> str:
    """What this is, and who is in it."""
    with at_work(only_reads=True) as work:
        centres = _centres(work)
        people = present_people(
            _every(lambda cursor: patients(work, cursor=cursor, limit=_A_PAGE, site_id=centres.chosen)),
            titles=_titles(work),
            items=_every(lambda cursor: agenda(work, cursor=cursor, limit=_A_PAGE)),
            centres=centres,
            spoken=_spoken(work),
        )
    return render_template("demonstration/home.html", people=people, centres=centres)


def phones() -> str:
    """The phone of each patient, with what really went through the outbox."""
    with at_work(only_reads=True) as work:
        centres = _centres(work)
        everybody = _every(lambda cursor: patients(work, cursor=cursor, limit=_A_PAGE, site_id=centres.chosen))
        shown = present_phones(
            [patient(work, patient_id=one.id) for one in everybody],
            messages=_every(lambda cursor: messages(work, cursor=cursor, limit=_A_PAGE)),
            spoken=_spoken(work),
        )
    return render_template("demonstration/phones.html", page=shown, centres=centres)


def work_list() -> str:
    """What is due, and what somebody must act upon."""
    with at_work(only_reads=True) as work:
        centres, spoken, titles = _centres(work), _spoken(work), _titles(work)
        items = _every(lambda cursor: agenda(work, cursor=cursor, limit=_A_PAGE, site_id=centres.chosen))
        pressing, put_off = (_alerts(work, state, centres) for state in ("open", "snoozed"))
        held = _held(work, [*pressing, *put_off], items, titles, spoken)
        parts = present_agenda(items, titles=titles, centres=centres, held=held, spoken=spoken)
        inbox = present_alerts(
            pressing,
            put_off,
            people=_every(lambda cursor: patients(work, cursor=cursor, limit=_A_PAGE)),
            items=items,
            titles=titles,
            centres=centres,
            duty=_duty(work, spoken),
            held=held,
            spoken=spoken,
        )
    today = spoken.long(spoken.today)
    return render_template("demonstration/agenda.html", parts=parts, inbox=inbox, today=today, centres=centres)


def trend(treatment_id: UUID, analyte: str, size: str) -> Response:
    """The values of one analyte as a picture, drawn as for a letter; nobody's name is in it."""
    with at_work(only_reads=True) as work:
        found = trend_of(work, treatment_id=treatment_id, analyte=analyte)
    return Response(trend_picture(found, language="en", width=_WIDTHS[size]), mimetype="image/svg+xml")


def _every(fetch: Callable[[str | None], Page[_T]]) -> list[_T]:
    """All the pages of a list: a demonstration is small."""
    page = fetch(None)
    found = list(page.items)
    while page.next is not None:
        page = fetch(page.next)
        found += page.items
    return found


def _centres(work: Work) -> Centres:
    """Those of the visitor; the address says which of them to look at, nothing or nonsense means all."""
    return Centres.of(me(work).sites, asked_for=request.args.get("centre"))


def _alerts(work: Work, state: str, centres: Centres) -> list[Alert]:
    return _every(lambda cursor: alerts(work, cursor=cursor, limit=_A_PAGE, state=state, site_id=centres.chosen))


def _held(work: Work, found: list[Alert], items: list[AgendaItem], titles: Titles, spoken: Spoken) -> HeldDoses:
    """The gates before the next dose, asked only where an alert may have shut one."""
    asked = {one.treatment_id for one in found if may_hold(one) and one.treatment_id is not None}
    return HeldDoses({one: gates(work, treatment_id=one) for one in asked}, items, titles=titles, spoken=spoken)


def _duty(work: Work, spoken: Spoken) -> Duty:
    days = site_days(work)
    return Duty(
        members=[member for site_id in days for member in _members(work, site_id)],
        turns=_every(lambda cursor: turns(work, cursor=cursor, limit=_A_PAGE)),
        absences=_every(lambda cursor: absences(work, cursor=cursor, limit=_A_PAGE)),
        days=days,
        spoken=spoken,
    )


def _members(work: Work, site_id: UUID) -> list[Member]:
    return _every(lambda cursor: colleagues(work, site_id=site_id, cursor=cursor, limit=_A_PAGE))


def _titles(work: Work) -> Titles:
    return Titles(work.catalog, _every(lambda cursor: treatments(work, cursor=cursor, limit=_A_PAGE)))


def _spoken(work: Work) -> Spoken:
    return Spoken(at=work.at, timezone=work.settings.timezone)
