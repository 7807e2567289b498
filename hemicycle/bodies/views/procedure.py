"""The rules of a body in plain sentences, and the form with which it adopts a new version of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies import acts
from hemicycle.bodies.day import today_in
from hemicycle.bodies.forms import RulesForm
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import (
    body_named,
    procedure,
    rules_known_on,
    rules_versions,
    voting_members,
)
from hemicycle.bodies.rules import PRESETS
from hemicycle.bodies.views.entering import able, enter, get_or_post
from hemicycle.bodies.views.page import day_asked
from hemicycle.bodies.words import Kind
from hemicycle.bodies.words.procedure import PRESET_NAMES, in_words, motion_lines
from hemicycle.journal.act import Actor

LONGEST_NUMBER = 9


@require_safe
def rules(request: HouseRequest, slug: str) -> HttpResponse:
    """Show the rules of a body as of a day, or one version of them, in sentences."""
    body = body_named(slug)
    today = today_in(body)
    day = day_asked(request) or today
    versions = list(rules_versions(body))
    shown = rules_known_on(body, day)
    asked = request.GET.get("version", "")
    if asked.isdecimal() and len(asked) < LONGEST_NUMBER:
        shown = next((one for one in versions if one.version == int(asked)), None)
        if shown is None:
            raise Http404
    return render(
        request,
        "bodies/rules.html",
        {
            "body": body,
            "day": day,
            "shown": shown,
            "in_force": rules_known_on(body, today),
            "versions": versions,
            **(told(body, procedure(shown)) if shown else {}),
            "adopting": able(request, Kind.RULES_ADOPTED, body),
        },
    )


def told(body: Body, found: Any) -> dict[str, Any]:
    """Return rules in sentences."""
    members = voting_members(body, today_in(body)).count()
    return {
        "chapters": in_words(found, members),
        "motions": motion_lines(found),
        "preset": PRESET_NAMES.get(found.name, found.name),
    }


@get_or_post
def adopt(request: HouseRequest, slug: str) -> HttpResponse:
    """Adopt a new version of a body's rules: what is in force, or a preset, with what is changed in it."""
    body = body_named(slug)
    in_force = rules_known_on(body, today_in(body))
    asked = request.POST.get("preset") or request.GET.get("preset") or ""
    if asked in PRESETS:
        begun = PRESETS[asked]
    elif in_force:
        latest = rules_versions(body).first()
        begun = procedure(latest or in_force)
    else:
        begun = PRESETS["association"]
    form = RulesForm(request.POST or None, rules=begun, initial={"in_force_from": today_in(body)})

    def do(by: Actor) -> object:
        return acts.adopt_rules(
            by=by, body_id=body.pk, preset=form.preset(), in_force_from=form.cleaned_data["in_force_from"]
        )

    members = voting_members(body, today_in(body)).count()
    return enter(
        request,
        body,
        Kind.RULES_ADOPTED,
        form,
        do,
        heading=_("New rules of procedure for %(body)s") % {"body": body.name},
        button=_("Put them in force"),
        back=reverse("bodies:rules", args=[body.slug]),
        template="bodies/adopt_rules.html",
        body=body,
        preset=asked if asked in PRESETS else "",
        presets=PRESET_NAMES.items(),
        members=members,
        small=begun.two_persons_from is not None and members < begun.two_persons_from,
    )
