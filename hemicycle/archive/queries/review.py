"""A source under review: its page on one side, what is proposed of it on the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import may
from hemicycle.archive.fields import EXPECTED, GROUPS, ORDER, Field, Label, field_named, told
from hemicycle.archive.models import Archive, ArchivedMeeting, Claim, Reading, Source
from hemicycle.archive.queries.joining import known_by, stated_in, told_by_a_report
from hemicycle.archive.queries.pages import Paragraph, Said, paragraphs
from hemicycle.archive.rules import identity_of, plain, same_meeting
from hemicycle.archive.words import Kind
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Actor

# In these fields a person is named: in which part of the value.
NAMES = {"presided_by": "", "title": "person", "reports": "by", "election": "person"}


@dataclass(frozen=True)
class Input:
    """A field of the form that corrects a claim."""

    name: str
    label: Label
    value: str
    kind: str = "text"


@dataclass(frozen=True)
class Proposal:
    """A claim as the reviewer sees it."""

    claim: Claim
    label: Label
    group: str
    value: str
    corrected: str
    passage: str
    repeats: bool
    inputs: list[Input]
    people: list[Person] = field(default_factory=list)
    wrong: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody looked at it yet."""
        return self.claim.mark == Claim.Mark.OPEN

    @property
    def by_person(self) -> bool:
        """Whether a person added it."""
        return self.claim.confidence is None


@dataclass(frozen=True)
class Typed:
    """A correction that could not be taken: of which claim, what was typed, and what is wrong with it."""

    claim: int
    sent: Mapping[str, str]
    wrong: str


@dataclass(frozen=True)
class Group:
    """Proposals that stand together."""

    key: str
    label: Label
    proposals: list[Proposal]

    @property
    def left(self) -> int:
        """How many of them were not looked at."""
        return sum(one.open for one in self.proposals)


@dataclass(frozen=True)
class Review:
    """The whole of a review. `looked_for` are the fields for which a person looked in vain."""

    page: list[Paragraph]
    groups: list[Group]
    silent: list[Field]
    looked_for: set[str]
    looked: int
    whole: int

    @property
    def left(self) -> int:
        """How many proposals were not looked at."""
        return self.whole - self.looked


def reviewers(actors: Sequence[Actor], source: Source) -> list[Actor]:
    """Return the capacities in which somebody may review a source: its home's desk, or an administrator."""
    able = [actor for actor in actors if may(Kind.MEETING_IMPORTED, actor)]
    return [actor for actor in able if actor.book == source.home_id or actor.capacity == Capacity.ADMINISTRATOR]


def claim_passage(claim: Claim, text: str) -> str:
    """Return the words in which a claim stands."""
    return text[claim.start : claim.end] if claim.start is not None and claim.end is not None else ""


def inputs_of(claim: Claim) -> list[Input]:
    """Return the fields in which a claim is corrected, as it stands now."""
    value, known = claim.standing, field_named(claim.field)
    if known.parts:
        now = value if isinstance(value, dict) else {}
        return [Input(f"part-{part}", label, told(claim.field, now.get(part))) for part, label in known.parts]
    written = ("yes" if value else "no") if isinstance(value, bool) else told(claim.field, value)
    return [Input("value", known.label, written, known.kind)]


def proposal(claim: Claim, text: str, people: Sequence[Person] = (), before: Claim | None = None) -> Proposal:
    """Return a claim as the reviewer sees it, with the people whom it may name; `before` stands above it."""
    known = field_named(claim.field)
    name = plain(name_in(claim))
    return Proposal(
        claim=claim,
        label=known.label,
        group=known.group,
        value=told(claim.field, claim.value),
        corrected=told(claim.field, claim.corrected),
        passage=claim_passage(claim, text),
        repeats=before is not None and (before.start, before.end) == (claim.start, claim.end),
        inputs=inputs_of(claim),
        people=[person for person in people if name and plain(person.name) == name],
    )


def name_in(claim: Claim) -> str:
    """Return the name of a person that a claim gives, or nothing."""
    if claim.field not in NAMES:
        return ""
    value, part = claim.standing, NAMES[claim.field]
    found = value.get(part) if part and isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def people_named(claims: Sequence[Claim]) -> list[Person]:
    """Return the persons known here by a name that a claim gives. Whether they are the same, a reviewer says."""
    names = {name for claim in claims if (name := name_in(claim))}
    wanted = Q(pk__in=[])
    for name in sorted(names)[:50]:
        wanted |= Q(name__iexact=name)
    return list(Person.objects.filter(wanted).order_by("sort_name", "pk")) if names else []


def with_typed(one: Proposal, sent: Mapping[str, str], wrong: str) -> Proposal:
    """Return a proposal with what was typed to correct it, and what is wrong with that."""
    return replace(one, inputs=[replace(put, value=sent.get(put.name, "")) for put in one.inputs], wrong=wrong)


def review_of(reading: Reading, typed: Typed | None = None) -> Review:
    """Return the review of a reading, with a correction that could not be taken."""
    claims = list(reading.claims.select_related("marked_by", "person").order_by("ordinal"))
    claims.sort(key=lambda claim: (ORDER.get(claim.field, len(ORDER)), claim.ordinal))
    people = people_named(claims)
    asked = [claim for claim in claims if claim.mark != Claim.Mark.NOT_STATED]
    shown = [
        proposal(claim, reading.text, people, before) for before, claim in zip([None, *asked], asked, strict=False)
    ]
    if typed:
        shown = [with_typed(one, typed.sent, typed.wrong) if one.claim.pk == typed.claim else one for one in shown]
    groups = [
        Group(key, label, [one for one in shown if one.group == key])
        for key, label in GROUPS.items()
        if any(one.group == key for one in shown)
    ]
    stated = {claim.field for claim in claims if claim.mark not in (Claim.Mark.REJECTED, Claim.Mark.NOT_STATED)}
    said = [
        Said(claim.pk, field_named(claim.field).group, claim.start, claim.end)
        for claim in claims
        if claim.start is not None and claim.end is not None
    ]
    return Review(
        page=paragraphs(reading, said),
        groups=groups,
        silent=[field_named(name) for name in EXPECTED if name not in stated],
        looked_for={claim.field for claim in claims if claim.mark == Claim.Mark.NOT_STATED},
        looked=sum(not one.open for one in shown),
        whole=len(shown),
    )


def bodies_to_choose(actors: Sequence[Actor], source: Source) -> QuerySet[Body]:
    """Return the bodies into whose archives a reviewer may import a source."""
    able = reviewers(actors, source)
    if any(actor.capacity == Capacity.ADMINISTRATOR for actor in able):
        return Body.objects.order_by("name", "pk")
    return Body.objects.filter(book__in={actor.book for actor in able}).order_by("name", "pk")


def proposed_body(reading: Reading, bodies: Sequence[Body]) -> tuple[str, Body | None]:
    """Return how the page calls the body, and the one known here by this name."""
    claims = reading.claims.filter(field="meeting.body").exclude(mark=Claim.Mark.REJECTED).order_by("-confidence")
    claim = claims.first()
    value = claim and claim.standing
    name = value if isinstance(value, str) else ""
    return name, next((body for body in bodies if plain(body.name) == plain(name)), None)


def meetings_like(reading: Reading, bodies: Sequence[Body]) -> list[tuple[ArchivedMeeting, bool]]:
    """Return the meetings of these bodies' archives, and whether the reading looks like a report of each."""
    claims = reading.claims.exclude(mark__in=(Claim.Mark.REJECTED, Claim.Mark.NOT_STATED)).order_by("ordinal")
    known = identity_of(stated_in(claims))
    archives = Archive.objects.filter(body__in=bodies)
    found = ArchivedMeeting.objects.filter(told_by_a_report(), archive__in=archives).select_related("archive__body")
    return [(one, same_meeting(known_by(one), known)) for one in found.order_by("-year", "-starts", "-pk")[:200]]
