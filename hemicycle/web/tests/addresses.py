"""Every address of the house, made from its URL conf and the rows there are: a later room is covered by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hemicycle.accounts.models import Account, Person
from hemicycle.archive.models import ArchivedMeeting, Claim, Source, SourceKey
from hemicycle.bodies.models import Body, Membership, Post, Unit
from hemicycle.decisions.models import Account as Told
from hemicycle.decisions.models import (
    AccountLine,
    Addressee,
    Consultation,
    Decision,
    Directive,
    Evidence,
    OldDecision,
    Point,
    Step,
)
from hemicycle.journal.models import Book, Entry
from hemicycle.live.models import HallScreen
from hemicycle.meetings.models import (
    AgendaItem,
    Badge,
    DocumentVersion,
    FloorRequest,
    Interest,
    Meeting,
    Organ,
    Participation,
    Proxy,
    Referral,
    Sitting,
    Summons,
    Turn,
)
from hemicycle.meetings.models.mandates import MandateCall
from hemicycle.motions.models import Amendment, Candidate, Motion, ProceduralMotion
from hemicycle.plans.models import Figure, FigureFile, FigureSheet, Indicator, PeerGroup, Period
from hemicycle.printing.models import PrintJob
from hemicycle.publishing.models import MinutesCorrection, MinutesVersion, Publication
from hemicycle.voting.models import Ballot, Entitled, TellerBatch

NOBODYS = 987_654
KEYS: dict[str, Any] = {
    "meeting_id": Meeting,
    "sitting_id": Sitting,
    "participation_id": Participation,
    "item_id": AgendaItem,
    "summons_id": Summons,
    "referral_id": Referral,
    "organ_id": Organ,
    "interest_id": Interest,
    "motion_id": Motion,
    "amendment_id": Amendment,
    "procedure_id": ProceduralMotion,
    "ballot_id": Ballot,
    "point_id": Point,
    "directive_id": Directive,
    "question_id": Step,
    "evidence_id": Evidence,
    "told_id": Told,
    "consultation_id": Consultation,
    "decision_id": OldDecision,
    "line_id": AccountLine,
    "person_id": Person,
    "account_id": Account,
    "post_id": Post,
    "call_id": MandateCall,
    "source_id": Source,
    "claim_id": Claim,
    "archived_id": ArchivedMeeting,
    "membership_id": Membership,
    "correction_id": MinutesCorrection,
    "badge_id": Badge,
    "request_id": FloorRequest,
    "voter_id": Entitled,
    "key_id": SourceKey,
    "candidate_id": Candidate,
    "turn_id": Turn,
    "proxy_id": Proxy,
    "batch_id": TellerBatch,
    "period_id": Period,
    "indicator_id": Indicator,
    "figure_id": Figure,
    "figure_file_id": FigureFile,
    "sheet_id": FigureSheet,
    "peer_group_id": PeerGroup,
}
# A secret that only its letter names, and allauth's own.
BY_LETTER = {"code", "uidb36", "key"}


@dataclass(frozen=True)
class Place:
    """An address, and one of the same form at which there can be nothing."""

    name: str
    address: str
    guessed: str


def patterns(
    resolver: Any = None, spaces: tuple[str, ...] = (), route: str = ""
) -> Iterator[tuple[str, str, set[str]]]:
    """Yield name, route and the names of the parts of every address."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            below = (*spaces, one.namespace) if one.namespace else spaces
            yield from patterns(one, below, route + str(one.pattern))
        elif isinstance(one, URLPattern) and one.name:
            pattern: Any = one.pattern
            parts = set(getattr(pattern, "converters", {})) | set(pattern.regex.groupindex)
            yield ":".join((*spaces, one.name)), route + str(pattern), parts


def places() -> list[Place]:
    """Return every address that the rows there are have, each once."""
    found = chain.from_iterable(
        places_at(name, route, parts) for name, route, parts in patterns() if not parts & BY_LETTER
    )
    return list({place.address: place for place in found}.values())


def places_at(name: str, route: str, parts: set[str]) -> Iterator[Place]:
    """Yield the addresses of one form."""
    for kwargs in rows_of(route, parts):
        numbers = [part for part, value in kwargs.items() if isinstance(value, int)]
        far: Mapping[str, Any] = {numbers[-1]: NOBODYS} if numbers else dict.fromkeys(parts & {"slug"}, "nobodys")
        if "job" in parts:
            far = {"job": UUID(int=NOBODYS)}
        yield Place(name, reverse(name, kwargs=kwargs), reverse(name, kwargs={**kwargs, **far}))


def rows_of(route: str, parts: set[str]) -> Iterable[dict[str, Any]]:
    """Return what stands in the parts of a form of address, for every row."""
    if parts == {"document_id", "number"}:
        return DocumentVersion.objects.values("number", "document_id")
    if parts == {"language"}:
        return [{"language": "pt"}]
    if parts == {"language", "noun", "row"}:
        items = AgendaItem.objects.values_list("pk", flat=True)
        return [{"noun": "agendaitem", "row": key, "language": "pt"} for key in items]
    if parts == {"number", "ordinal", "slug", "term"}:
        screens = HallScreen.objects.select_related("meeting__body", "meeting__term")
        return [{**named(one.meeting), "number": one.number} for one in screens]
    if parts == {"document_id"}:
        return DocumentVersion.objects.values("document_id").distinct()
    if len(parts) == 1 and parts <= set(KEYS):
        (part,) = parts
        return [{part: key} for key in KEYS[part].objects.values_list("pk", flat=True)]
    return by_name(route, parts)


def by_name(route: str, parts: set[str]) -> Iterable[dict[str, Any]]:
    """Return the same where things are named by slugs and numbers."""
    match sorted(parts):
        case []:
            return [{}]
        case ["slug"]:
            return (Unit if "units/" in route else Body).objects.values("slug")
        case ["job"]:
            return PrintJob.objects.values(job=F("uuid"))
        case ["consultation_id", "slug"]:
            asked = "region__slug" if "/regions/" in route else "unit__slug"
            return Addressee.objects.values("consultation_id", slug=F(asked))
        case ["noun", "slug"]:
            return Book.objects.values("noun", "slug")
        case ["noun", "number", "slug"]:
            return [
                {"noun": entry.book.noun, "slug": entry.book.slug, "number": entry.number}
                for entry in Entry.objects.select_related("book")
            ]
        case ["number", "slug"]:
            numbered = Period if "/plans/" in route else Decision
            return numbered.objects.values("number", slug=F("body__slug"))
        case ["ordinal", "slug", "term"]:
            return [named(meeting) for meeting in Meeting.objects.select_related("body", "term")]
        case ["ordinal", "slug", "term", "version"]:
            return versions_of(route)
    raise AssertionError(f"Teach rows_of() what stands in {route}, so that these tests cover it.")


def versions_of(route: str) -> Iterable[dict[str, Any]]:
    """Return the same of what a meeting has in versions: minutes, accounts and publications."""
    if "/minutes/" in route:
        versions = MinutesVersion.objects.select_related("minutes__meeting__body", "minutes__meeting__term")
        return [{**named(one.minutes.meeting), "version": one.number} for one in versions]
    if "/account/" in route:
        accounts = Told.objects.select_related("meeting__body", "meeting__term")
        return [{**named(one.meeting), "version": one.number} for one in accounts]
    made = Publication.objects.select_related("meeting__body", "meeting__term")
    return [{**named(one.meeting), "version": one.version} for one in made]


def named(meeting: Meeting) -> dict[str, Any]:
    """Return the parts of a meeting's address."""
    return {"slug": meeting.body.slug, "term": meeting.term.ordinal, "ordinal": meeting.ordinal}
