"""The pages on which a step of a directive's life is entered: what sets each apart stands in a row of a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, forms, queries, rules
from hemicycle.decisions.models import ENDED, Directive
from hemicycle.decisions.queries.work import beside, question_for, waiting_extension
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.views.offices import offices_of
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.views.asking import as_typed

Given = Callable[[Directive], dict[str, Any]]
UNIT, ISSUER = "unit", "issuer"


def nothing(_directive: Directive) -> dict[str, Any]:
    """Return nothing that a form is made from besides what was sent."""
    return {}


def in_its_place(directive: Directive) -> dict[str, Any]:
    """Return the open directives beside one, of which another can take its place."""
    others = [(one.number, f"{one.number}: {one.responsible_unit.name}, {one.text[:80]}") for one in beside(directive)]
    return {"others": others}


def other_units(directive: Directive) -> dict[str, Any]:
    """Return the units to which a directive can be handed over, with the successor of one that ended chosen."""
    unit = directive.responsible_unit
    found = queries.units_to_choose(directive.issuing_unit, today_in(directive.point.decision.body))
    found = found.exclude(pk__in=[unit.pk, *([directive.issuing_unit_id] if directive.parent_id else [])])
    return {"units": found, "initial": {"unit": unit.successor_id}}


def day_asked(directive: Directive) -> dict[str, Any]:
    """Return the day that was asked for as the one that is granted."""
    asked = waiting_extension(directive)
    return {"initial": {"until": asked.day if asked else None}}


@dataclass(frozen=True)
class Page:
    """One page: whose step it is, what the rules call it, the act that it asks for, and its words."""

    side: str
    doing: str
    kind: Kind
    act: Callable[..., object]
    heading: Promise | str
    button: Promise | str
    form: Callable[..., HappenedForm] = forms.BecauseForm
    given: Given = nothing
    hint: Promise | str = ""


PAGES = {
    "verify": Page(
        ISSUER, "verified", Kind.DIRECTIVE_VERIFIED, acts.verify_directive,
        _("Verify and close the task"), _("Verify and close"), forms.MoreForm,
        hint=_("You have checked what was reported. The task is closed then, and stays closed."),
    ),
    "send_back": Page(
        ISSUER, "sent back", Kind.DIRECTIVE_SENT_BACK, acts.send_back_directive,
        _("Send the task back"), _("Send back"),
        hint=_("It stays the task of the unit, which reads why."),
    ),
    "grant": Page(
        ISSUER, "extension answered", Kind.EXTENSION_GRANTED, acts.grant_extension,
        _("Grant more time"), _("Grant more time"), forms.GrantForm, day_asked,
    ),
    "refuse": Page(
        ISSUER, "extension answered", Kind.EXTENSION_REFUSED, acts.refuse_extension,
        _("Refuse more time"), _("Refuse more time"),
    ),
    "extend": Page(
        UNIT, "extension asked", Kind.EXTENSION_ASKED, acts.ask_extension,
        _("Ask for more time"), _("Ask for more time"), forms.ExtensionForm,
    ),
    "ask": Page(
        UNIT, "asked", Kind.QUESTION_ASKED, acts.ask_question,
        _("Ask the issuer"), _("Ask the issuer"), forms.QuestionForm,
        hint=_("Every unit that has a task of the same point reads your question with its answer."),
    ),
    "return": Page(
        UNIT, "returned", Kind.DIRECTIVE_RETURNED, acts.return_directive,
        _("Return the task"), _("Return it"),
        hint=_("The issuer reads why, and sends it back, hands it to another unit or withdraws it."),
    ),
    "not_applicable": Page(
        UNIT, "not applicable", Kind.DIRECTIVE_NOT_APPLICABLE, acts.answer_not_applicable,
        _("The task does not apply to the unit"), _("It does not apply"),
    ),
    "hand_over": Page(
        ISSUER, "handed over", Kind.DIRECTIVE_HANDED_OVER, acts.hand_over_directive,
        _("Hand the task over to another unit"), _("Hand over"), forms.HandOverForm, other_units,
        hint=_("Its story goes with it, and the other unit receives it anew."),
    ),
    "suspend": Page(
        ISSUER, "suspended", Kind.DIRECTIVE_SUSPENDED, acts.suspend_directive,
        _("Suspend the task"), _("Suspend"),
        hint=_("Until it is resumed nothing of it is due: every open part is suspended with it."),
    ),
    "resume": Page(
        ISSUER, "resumed", Kind.DIRECTIVE_RESUMED, acts.resume_directive,
        _("Resume the task"), _("Resume"), forms.MoreForm,
        hint=_("The parts that were suspended with it are resumed with it."),
    ),
    "supersede": Page(
        ISSUER, "superseded", Kind.DIRECTIVE_SUPERSEDED, acts.supersede_directive,
        _("Let another task take its place"), _("Let it take its place"), forms.SupersedeForm, in_its_place,
        hint=_("Issue the other task first. Every open part of this one is withdrawn with it."),
    ),
    "withdraw": Page(
        ISSUER, "withdrawn", Kind.DIRECTIVE_WITHDRAWN, acts.withdraw_directive,
        _("Withdraw the task"), _("Withdraw"), hint=_("Every open part of it is withdrawn with it."),
    ),
}  # fmt: skip


def book_of(side: str, directive: Directive) -> int:
    """Return the book in which a side writes."""
    book: int = directive.responsible_unit.book_id
    return book if side == UNIT else queries.issuer_book(directive)


@never_cache
@get_or_post
def step(request: HouseRequest, directive_id: int, page: str) -> HttpResponse:
    """Enter a step of a directive's life."""
    asks = PAGES[page]
    directive = queries.directive_for(request.viewer, directive_id)
    zone = directive.point.decision.body.time_zone
    form = asks.form(request.POST or None, zone=zone, **asks.given(directive))

    def do(by: Actor) -> object:
        typed = as_typed(form)
        if "unit" in typed:
            typed["unit_id"] = typed.pop("unit").pk
        return asks.act(by=by, directive_id=directive.pk, **typed, happened=form.stated)

    return enter(
        request,
        book_of(asks.side, directive),
        asks.kind,
        form,
        do,
        heading=str(asks.heading),
        button=str(asks.button),
        back=reverse("decisions:directive", args=[directive.pk]),
        directive=directive,
        quoted=directive.text,
        hint=str(asks.hint),
    )


@never_cache
@get_or_post
def answer(request: HouseRequest, question_id: int) -> HttpResponse:
    """Answer what a unit asked about its task."""
    question = question_for(request.viewer, question_id)
    directive = queries.directive_for(request.viewer, question.directive_id)
    form = forms.AnswerForm(request.POST or None, zone=directive.point.decision.body.time_zone)

    def do(by: Actor) -> object:
        text = form.cleaned_data["text"]
        return acts.answer_question(by=by, question_id=question.pk, text=text, happened=form.stated)

    return enter(
        request,
        queries.issuer_book(directive),
        Kind.QUESTION_ANSWERED,
        form,
        do,
        heading=str(_("Answer the question")),
        button=str(_("Answer")),
        back=reverse("decisions:directive", args=[directive.pk]),
        directive=directive,
        quoted=question.text,
        hint=str(_("Every unit that has a task of the same point reads your answer.")),
    )


@dataclass(frozen=True)
class Button:
    """A button of a directive's page; the first one is what the reader most likely came for."""

    label: str
    href: str
    kind: str = ""


def buttons(request: HouseRequest, directive: Directive) -> list[Button]:
    """Return what the reader can do to a directive besides receiving it."""
    found = [*reporting(request, directive), *(button_of(request, directive, name) for name in PAGES)]
    shown = [one for one in found if one is not None]
    return [Button(one.label, one.href, "" if place else "primary") for place, one in enumerate(shown)]


def reporting(request: HouseRequest, directive: Directive) -> list[Button]:
    """Return the buttons of the unit that reports, hands parts out and says who handles it, and of offices above."""
    report, state = reverse("decisions:report", args=[directive.pk]), queries.state_of(directive)
    received = directive.received is not None
    mine = offices_of(request, directive)
    found: list[Button] = []
    if mine.reporting and not rules.fault("reported", state, received=received):
        by_unit = mine.reporting == directive.responsible_unit.book_id
        found.append(Button(str(_("Report") if by_unit else _("Enter a report by telephone")), report))
    if state == Directive.State.CLAIMED:
        return found
    parts = request.actors_in(directive.responsible_unit.book_id, Kind.DIRECTIVE_BROKEN_DOWN)
    if parts and not rules.fault("broken down", state, received=received):
        found.append(Button(str(_("Break it down")), reverse("decisions:break_down", args=[directive.pk])))
    if mine.handling and state not in ENDED:
        found.append(Button(str(_("Name who handles it")), reverse("decisions:name_handler", args=[directive.pk])))
    return found


def button_of(request: HouseRequest, directive: Directive, name: str) -> Button | None:
    """Return the button of a page, where the reader may do it and the directive as it stands allows it."""
    page = PAGES[name]
    if not request.actors_in(book_of(page.side, directive), page.kind):
        return None
    answers = page.doing == "extension answered"
    doing = "extension asked" if answers else page.doing
    allowed = not rules.fault(doing, queries.state_of(directive), received=directive.received is not None)
    allowed = allowed and (not answers or waiting_extension(directive) is not None)
    # Under a whole that has ended no part is taken up again.
    allowed = allowed and not (doing == "sent back" and directive.parent and directive.parent.state in ENDED)
    return Button(str(page.button), reverse(f"decisions:{name}", args=[directive.pk])) if allowed else None
