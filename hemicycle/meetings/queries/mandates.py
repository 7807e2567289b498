"""Reading mandates: whom units name, who answers, what can be expected, what the credentials come to."""

import base64
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from hemicycle.accounts.access import Access, Viewer
from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Membership, PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.bodies.rules import Share
from hemicycle.meetings.models import Meeting, Participation, Presence, Sitting
from hemicycle.meetings.models.mandates import AlternateCall, Answer, Mandate, MandateAlternate, MandateCall

ANSWER_SALT = "hemicycle.meetings.answer"
# 75 bits: nobody guesses the link of another.
LETTERS_SIGNED = 15


def answer_key(meeting: int, person: int) -> str:
    """Return the key in the link by which somebody answers a summons: short enough to be typed from a letter."""
    named = f"{meeting}-{person}"
    signed = salted_hmac(ANSWER_SALT, named, algorithm="sha256").digest()
    return f"{named}-{base64.b32encode(signed)[:LETTERS_SIGNED].decode().lower()}"


def read_answer_key(key: str) -> tuple[Meeting, Person]:
    """Return meeting and person of a link; raise Http404 where the link is not ours."""
    meeting, person = named_by(key)
    found = Meeting.objects.select_related("body", "term").filter(pk=meeting).first()
    who = Person.objects.filter(pk=person).first()
    if found is None or who is None:
        raise Http404
    return found, who


def named_by(key: str) -> tuple[int, int]:
    """Return the keys of meeting and person in a link. Links of before the key was short are still ours."""
    parts = re.fullmatch(r"(\d{1,18})-(\d{1,18})-[a-z2-7]+", key.strip().casefold())
    if parts:
        meeting, person = int(parts[1]), int(parts[2])
        if constant_time_compare(answer_key(meeting, person), key.strip().casefold()):
            return meeting, person
        raise Http404
    try:
        meeting, person = signing.Signer(salt=ANSWER_SALT).unsign_object(key)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    return int(meeting), int(person)


def calls_of(viewer: Viewer, meeting: Meeting) -> QuerySet[MandateCall]:
    """Return what units are asked for, for those who may see who takes part, and for the heads of these units."""
    found = MandateCall.objects.filter(meeting=meeting).select_related("unit", "head", "meeting__body", "meeting__term")
    found = found.prefetch_related("mandates__person", "ordered_alternates__person").order_by("unit__name", "pk")
    scope = f"meeting:{meeting.pk}"
    if viewer.sees(Access.PARTICIPANTS, book=meeting.body.book_id, scope=scope):
        return found
    return found.filter(unit__book__in=viewer.desks)


def call_for(viewer: Viewer, key: int) -> MandateCall:
    """Return what a unit is asked for; raise Http404 for those who may not see it."""
    found = MandateCall.objects.select_related("meeting__body", "meeting__term", "unit", "head").filter(pk=key).first()
    if found is None or not calls_of(viewer, found.meeting).filter(pk=key).exists():
        raise Http404
    return found


@dataclass(frozen=True)
class Expected:
    """Somebody whose seat or mandate counts, their answer, and who is called in their place."""

    person: Person
    group: str
    answer: Answer | None
    called: Person | None = None


def voters(meeting: Meeting) -> list[tuple[Person, str]]:
    """Return those whose presence makes the quorum: the delegates named, or else the members with a vote."""
    named = Mandate.objects.filter(call__meeting=meeting).select_related("person", "call__unit")
    if MandateCall.objects.filter(meeting=meeting).exists():
        ordered = named.order_by("call__unit__name", "ordinal")
        return list({one.person_id: (one.person, one.call.unit.name) for one in ordered}.values())
    held = holders(meeting.body, meeting.starts, PostKind.FULL).filter(post__votes=True)
    return [(one.person, one.group.name if one.group else "") for one in held]


def alternates_for(meeting: Meeting, person: int) -> list[int]:
    """Return who can be called for somebody, in order: their unit's alternates, or the body's of the same group."""
    mandate = Mandate.objects.filter(call__meeting=meeting, person=person).order_by("pk").first()
    if mandate:
        return list(mandate.call.ordered_alternates.order_by("place").values_list("person", flat=True))
    of_calls = MandateAlternate.objects.filter(call__meeting=meeting, person=person).first()
    if of_calls:
        return []
    seat = holders(meeting.body, meeting.starts, PostKind.FULL).filter(person=person).first()
    if seat is None:
        return []
    ordered: list[Membership] = list(holders(meeting.body, meeting.starts, PostKind.ALTERNATE))
    own = [one for one in ordered if one.group_id == seat.group_id]
    free = [one for one in ordered if one.group_id is None]
    return [one.person_id for one in own or free]


def concerned_by(meeting: Meeting, person: int) -> bool:
    """Say whether somebody is called to a meeting: by a seat or office, a mandate, or an accreditation."""
    if holders(meeting.body, meeting.starts, *PostKind).filter(person=person).exists():
        return True
    by_mandate = Mandate.objects.filter(call__meeting=meeting, person=person).exists()
    by_order = MandateAlternate.objects.filter(call__meeting=meeting, person=person).exists()
    accredited = Participation.objects.filter(sitting__meeting=meeting, person=person).exists()
    return by_mandate or by_order or accredited


def answer_of(meeting: Meeting, person: int) -> Answer | None:
    """Return what somebody last answered."""
    return Answer.objects.filter(meeting=meeting, person=person).first()


def called_for(meeting: Meeting, person: int) -> AlternateCall | None:
    """Return the call by which somebody is to stand in for another."""
    running = AlternateCall.objects.filter(meeting=meeting, alternate=person, withdrawn=None)
    return running.select_related("stands_for").first()


@dataclass(frozen=True)
class Forecast:
    """What the answers let a desk expect of the quorum."""

    whole: int
    coming: int
    remote: int
    apologies: int
    silent: int
    alternates: int
    needed: int
    expected: int
    people: list[Expected] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether those who said they come make the quorum."""
        return self.expected >= self.needed

    @property
    def possible(self) -> bool:
        """Whether it is reached if all who have not answered come."""
        return self.expected + self.silent >= self.needed


def forecast(meeting: Meeting) -> Forecast:
    """Return who is expected, by the answers so far, and whether they make the quorum by the rules."""
    answers = {one.person_id: one for one in Answer.objects.filter(meeting=meeting)}
    calls = AlternateCall.objects.filter(meeting=meeting, withdrawn=None).select_related("alternate")
    called = {one.stands_for_id: one.alternate for one in calls}
    people = [Expected(who, group, answers.get(who.pk), called.get(who.pk)) for who, group in voters(meeting)]
    tally = Counter(str(one.answer.coming) if one.answer else "silent" for one in people)
    stand_ins = [answers.get(one.called.pk) for one in people if one.called]
    come = sum(one is not None and one.coming == Answer.Coming.COMING for one in stand_ins)
    far = sum(one is not None and one.coming == Answer.Coming.REMOTE for one in stand_ins)
    rules = rules_on(meeting.body, meeting.starts)
    share = Share(rules.quorum_numerator, rules.quorum_denominator, strict=rules.quorum_strict)
    remote = tally[Answer.Coming.REMOTE] + far
    expected = tally[Answer.Coming.COMING] + come + (remote if rules.remote_counts else 0)
    return Forecast(
        whole=len(people),
        coming=tally[Answer.Coming.COMING],
        remote=tally[Answer.Coming.REMOTE],
        apologies=tally[Answer.Coming.APOLOGY],
        silent=tally["silent"],
        alternates=come + far,
        needed=max(share.least(len(people)), 1),
        expected=expected,
        people=people,
    )


def credentials_counts(meeting: Meeting, moment: datetime) -> dict[str, object]:
    """Return what a credentials report counts at a moment: mandates by unit, and those accredited and there."""
    sitting = meeting.sittings.order_by("-opened", "ordinal").first()
    seats = Participation.objects.filter(sitting=sitting, votes=True) if sitting else Participation.objects.none()
    there = Q(came__lte=moment) & (Q(went=None) | Q(went__gt=moment))
    present = set(Presence.objects.filter(there, participation__in=seats).values_list("participation", flat=True))
    by_unit: dict[int | None, Counter[str]] = {}
    for key, group, stands_for in seats.values_list("pk", "group", "stands_for"):
        tally = by_unit.setdefault(group, Counter())
        tally["accredited"] += stands_for is None
        tally["present"] += key in present
    units = [
        {
            "unit": call.unit.name,
            "asked": call.delegates,
            "named": call.number or call.mandates.count(),
            "accredited": by_unit.get(call.unit_id, Counter())["accredited"],
            "present": by_unit.get(call.unit_id, Counter())["present"],
        }
        for call in MandateCall.objects.filter(meeting=meeting).select_related("unit").order_by("unit__name", "pk")
    ]
    return {
        "units": units,
        "accredited": sum(tally["accredited"] for tally in by_unit.values()),
        "present": len(present),
    }


def order_of_alternates(sitting: Sitting, member: Participation) -> list[Participation]:
    """Return the alternates who can sit for a member, in their order: of the same unit, or those of none."""
    alternates = sitting.participations.filter(capacity__in=["alternate", "alternate seated"], seat__isnull=False)
    ordered = list(alternates.select_related("person").order_by(F("seat").asc(nulls_last=True), "pk"))
    own = [one for one in ordered if one.group_id == member.group_id]
    return own or [one for one in ordered if one.group_id is None]


def two_mandates(meeting: Meeting) -> list[tuple[Person, list[Mandate]]]:
    """Return who is named by more than one unit, with their mandates: they say as whom they take part."""
    found: dict[int, list[Mandate]] = {}
    named = Mandate.objects.filter(call__meeting=meeting).select_related("person", "call__unit").order_by("pk")
    for mandate in named:
        found.setdefault(mandate.person_id, []).append(mandate)
    return [(several[0].person, several) for several in found.values() if len(several) > 1]
