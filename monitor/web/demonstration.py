"""The pages of the demonstration, without sign-in: they exist only where every patient is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, render_template, request

from monitor.edge.house import at_work
from monitor.edge.sign_in import SignIn
from monitor.overviews.agenda import agenda
from monitor.overviews.alerts import alerts
from monitor.overviews.me import me
from monitor.overviews.messages import messages
from monitor.overviews.pages import Page
from monitor.overviews.patients import patient, patients
from monitor.overviews.treatments import treatments
from monitor.settings import Environment, Settings, WrongSetting
from monitor.terms import Actor
from monitor.web.agenda_page import present_agenda
from monitor.web.alert_cards import present_alerts
from monitor.web.centres import Centres
from monitor.web.home_page import present_people
from monitor.web.phones_page import present_phones
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles
from monitor.work import Work

NAME = "demonstration"
_A_PAGE = 500
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
        parts = present_agenda(
            _every(lambda cursor: agenda(work, cursor=cursor, limit=_A_PAGE, site_id=centres.chosen)),
            titles=titles,
            centres=centres,
            spoken=spoken,
        )
        inbox = present_alerts(
            _every(lambda cursor: alerts(work, cursor=cursor, limit=_A_PAGE, site_id=centres.chosen)),
            people=_every(lambda cursor: patients(work, cursor=cursor, limit=_A_PAGE)),
            titles=titles,
            centres=centres,
            spoken=spoken,
        )
    today = spoken.long(spoken.today)
    return render_template("demonstration/agenda.html", parts=parts, inbox=inbox, today=today, centres=centres)


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


def _titles(work: Work) -> Titles:
    return Titles(work.catalog, _every(lambda cursor: treatments(work, cursor=cursor, limit=_A_PAGE)))


def _spoken(work: Work) -> Spoken:
    return Spoken(at=work.at, timezone=work.settings.timezone)
