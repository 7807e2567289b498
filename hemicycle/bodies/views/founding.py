"""Units and bodies: founding them, where a unit stands, and its end."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies import acts, forms
from hemicycle.bodies.forms.fields import key
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import unit_named
from hemicycle.bodies.views.entering import enter, get_or_post
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now


def unit_address(unit: Unit) -> str:
    """Return the page of a unit."""
    return reverse("bodies:unit", args=[unit.slug])


@get_or_post
def found_below(request: HouseRequest, slug: str) -> HttpResponse:
    """Found a unit below another."""
    unit = unit_named(slug)
    form = forms.FoundUnitForm(request.POST or None)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        new = acts.NewUnit(typed["name"], typed["level"], unit.pk, typed["founded"])
        return acts.found_units(by=by, units=[new])

    return enter(
        request,
        unit,
        Kind.UNITS_FOUNDED,
        form,
        do,
        heading=_("Found a unit below %(unit)s") % {"unit": unit.name},
        button=_("Found the unit"),
        back=unit_address(unit),
    )


@get_or_post
def move(request: HouseRequest, slug: str) -> HttpResponse:
    """Let a unit stand under another from a day."""
    unit = unit_named(slug)
    form = forms.MoveUnitForm(request.POST or None, unit=unit, initial={"starts": now().date()})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.move_unit(by=by, unit_id=unit.pk, under=int(typed["under"]), starts=typed["starts"])

    return enter(
        request,
        unit,
        Kind.UNIT_MOVED,
        form,
        do,
        heading=_("Move %(unit)s under another unit") % {"unit": unit.name},
        button=_("Move the unit"),
        back=unit_address(unit),
        hint=_("Where it stood before stays on record. What stands below it moves with it."),
    )


@get_or_post
def end(request: HouseRequest, slug: str) -> HttpResponse:
    """End a unit."""
    unit = unit_named(slug)
    form = forms.EndUnitForm(request.POST or None, unit=unit, initial={"ends": now().date()})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.end_unit(by=by, unit_id=unit.pk, ends=typed["ends"], successor_id=key(typed["successor"]))

    return enter(
        request,
        unit,
        Kind.UNIT_ENDED,
        form,
        do,
        heading=_("End %(unit)s") % {"unit": unit.name},
        button=_("End the unit"),
        back=unit_address(unit),
        hint=_("It stays on record with its book. Its own posts end with it."),
    )


@get_or_post
def found_body(request: HouseRequest, slug: str) -> HttpResponse:
    """Found a further body in a unit."""
    unit = unit_named(slug)
    form = forms.FoundBodyForm(request.POST or None, initial={"time_zone": "UTC"})
    return enter(
        request,
        unit,
        Kind.BODY_FOUNDED,
        form,
        lambda by: acts.found_body(by=by, unit_id=unit.pk, **form.cleaned_data),
        heading=_("Found a body of %(unit)s") % {"unit": unit.name},
        button=_("Found the body"),
        back=unit_address(unit),
        hint=_("Then put rules of procedure in force, begin a term, and create its posts."),
    )
