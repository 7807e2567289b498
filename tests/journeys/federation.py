"""The world of the journey from a decision to its account: a federation of four regions with three local units each.

`account` founds it up to the day before its first plenary is convened. `carried_out` lets the other regions and units
do what one region does in the browser: hand out the parts, receive them, report them as done, and verify.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from hemicycle.accounts.acts import NewPerson, found_installation, open_account, register_persons
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import (
    Holding,
    NewUnit,
    adopt_rules,
    begin_term,
    create_post,
    found_body,
    found_units,
    give_posts,
)
from hemicycle.bodies.models import PostKind, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.bodies.rules import PRESETS
from hemicycle.decisions.acts import (
    Part,
    break_down_directive,
    receive_directive,
    report_progress,
    verify_directive,
)
from hemicycle.decisions.models import Directive
from hemicycle.journal.act import Actor, Happened
from hemicycle.journal.clock import now

WHOLE, BODY = "The Federation of the Lakes", "Council of the Lakes"
REGIONS = {
    "North": ("Ardmoor", "Brackwater", "Caldbeck"),
    "East": ("Dunmere", "Elmholt", "Farrow"),
    "South": ("Garth", "Holmsea", "Inverlee"),
    "West": ("Jarrow End", "Kelder", "Lathwick"),
}
# Who is seen in the browser, by a short name; the heads of the units come besides.
SEEN = {"secretary": "Rana Keel", "first": "Mara Ferro", "second": "Tomas Lind", "third": "Edda Roth"}
CHAIR, ALTERNATE = "Vera Holm", "Jules Sand"
BEFORE = 60
REASON = "Entered from paper."


def account(session: Callable[[Person], str]) -> dict[str, object]:
    """Found the federation and its council, and give every unit a head."""
    installation = found_installation(administrator="Ada Admin", name=WHOLE, language="en")
    by = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
    began = now().date() - timedelta(days=400)
    names = [name for region, local in REGIONS.items() for name in (region, *local)]
    seated = [*SEEN.values(), CHAIR, ALTERNATE]
    told = [*seated, *(f"Head of {name}" for name in names)]
    addressed = [NewPerson(name, email=f"p{number}@lakes.example") for number, name in enumerate(told)]
    people = dict(zip(told, register_persons(by=by, people=addressed), strict=True))
    (whole,) = found_units(by=by, units=[NewUnit(WHOLE, "whole", None, founded=began)])
    units = found_units(by=by, units=[NewUnit(name, "region", whole.pk, founded=began) for name in REGIONS])
    below = [NewUnit(name, "local unit", region.pk, founded=began) for region in units for name in REGIONS[region.name]]
    units += found_units(by=by, units=below)
    body = found_body(by=by, unit_id=whole.pk, name=BODY, kind="central committee", time_zone="UTC")
    adopt_rules(by=by, body_id=body.pk, preset=PRESETS["party"], in_force_from=began)
    begin_term(by=by, body_id=body.pk, ordinal=3, starts=began)

    def post(kind: PostKind, title: str, *holders: Person, **where: object) -> list[Holding]:
        made = create_post(by=by, kind=kind, title=title, seats=len(holders), **(where or {"body_id": body.pk}))
        return [Holding(made.pk, person.pk, began) for person in holders]

    members = [people[SEEN[key]] for key in ("first", "second", "third")]
    voting = create_post(by=by, body_id=body.pk, kind=PostKind.FULL, title="member", seats=3, votes=True)
    give_posts(
        by=by,
        holdings=[
            *(Holding(voting.pk, person.pk, began) for person in members),
            *post(PostKind.ALTERNATE, "alternate member", people[ALTERNATE]),
            *post(PostKind.CHAIR, "chair", people[CHAIR]),
            *post(PostKind.SECRETARY, "secretary", people[SEEN["secretary"]]),
            *(
                holding
                for unit in units
                for holding in post(PostKind.HEAD, "head", people[f"Head of {unit.name}"], unit_id=unit.pk)
            ),
        ],
    )
    for person in people.values():
        open_account(by=by, person_id=person.pk, email=person.email)
    sessions = {key: session(people[name]) for key, name in SEEN.items()}
    return {"sessions": sessions | {name: session(people[f"Head of {name}"]) for name in names}}


def carried_out() -> dict[str, object]:
    """Let the regions but the first carry out the first point with their units, in time; tell how many closed it."""
    first = now().date() - timedelta(days=BEFORE)
    for region in list(REGIONS)[1:]:
        whole = Directive.objects.get(responsible_unit__name=region, point__ordinal=1, parent=None)
        head = head_of(region)
        receive_directive(by=head, directive_id=whole.pk, happened=on(first, 2))
        keys = list(Unit.objects.filter(name__in=REGIONS[region]).values_list("pk", flat=True))
        parts = break_down_directive(
            by=head, directive_id=whole.pk, parts=[Part(key) for key in keys], text="Mend the footbridges here.",
            due=first + timedelta(days=40), happened=on(first, 3),
        )  # fmt: skip
        for part in parts:
            unit = part.responsible_unit.name
            receive_directive(by=head_of(unit), directive_id=part.pk, happened=on(first, 4))
            told = f"All footbridges of {unit} are mended."
            report_progress(by=head_of(unit), directive_id=part.pk, narrative=told, done=True, happened=on(first, 20))
            verify_directive(by=head, directive_id=part.pk, happened=on(first, 21))
        done = f"All three units of {region} are done."
        report_progress(by=head, directive_id=whole.pk, narrative=done, done=True, happened=on(first, 22))
    return {"parts": Directive.objects.filter(parent__isnull=False, state="closed").count()}


def head_of(unit: str) -> Actor:
    """Return the head of a unit, acting for it."""
    person = Person.objects.get(name=f"Head of {unit}")
    return next(one for one in actors_of(person.pk) if one.capacity == Capacity.UNIT_HEAD)


def on(first: date, days: int) -> Happened:
    """Return noon, some days after the first plenary, entered only today."""
    noon = datetime.combine(first + timedelta(days=days), time(12), UTC)
    return Happened("moment", noon, reason=REASON)
