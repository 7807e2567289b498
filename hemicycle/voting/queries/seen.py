"""Ballots as a viewer may see them: which there are, how they stand, and a voter's own card."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, Viewer, narrowest
from hemicycle.bodies.rules import Effect
from hemicycle.journal.clock import now
from hemicycle.meetings.models import Meeting, Organ, Participation, Sitting
from hemicycle.meetings.queries import concerned_by, present_at
from hemicycle.motions.models import ProceduralMotion
from hemicycle.voting.card import Card, issue_card, receipt
from hemicycle.voting.models import (
    BY_CARD,
    IN_SECRET,
    Ballot,
    Entitled,
    Option,
    Result,
    SealedVote,
    StruckCard,
    Vote,
)
from hemicycle.voting.paper_words import paper_in_words
from hemicycle.voting.papers import Form, answered, named, ranks_of
from hemicycle.voting.queries.counting import state_of

WITH_ALL = ("amendment", "motion__item", "sitting__meeting__body", "sitting__meeting__term", "version")


def voters_present(sitting: Sitting, when: datetime) -> list[Participation]:
    """Return those with a vote who are there at a moment, by seat, those without one last by sorting name.

    Who declared an interest in the item that is being dealt with has no vote on it.
    """
    there = present_at(sitting, when).filter(participation__votes=True)
    if sitting.current_item_id:
        there = there.exclude(participation__person__in=concerned_by(sitting.current_item_id))
    found = {
        presence.participation_id: presence.participation
        for presence in there.select_related("participation__person", "participation__group")
    }
    return sorted(found.values(), key=seat_order)


def seat_order(taking_part: Participation, sits_at: int | None = None) -> tuple[bool, int, str, int]:
    """Return the key by which voters are numbered, by their own seat or the one that they sit at."""
    name = taking_part.person.sort_name if taking_part.person else ""
    seat = sits_at or taking_part.seat
    return (seat is None, seat or 0, name, taking_part.pk)


def ballots_for(viewer: Viewer) -> QuerySet[Ballot]:
    """Return the ballots that a viewer may see: motion, item, sitting and meeting are all open to them."""
    paths = {"book": "sitting__meeting__body__book", "scope": "sitting__meeting"}
    return (
        Ballot.objects.select_related(*WITH_ALL)
        .filter(viewer.filter(access="access", **paths))
        .filter(viewer.filter(access="sitting__access", **paths))
        .filter(viewer.filter(access="motion__access", **paths))
        .filter(viewer.filter(access="motion__item__access", **paths))
        .filter(viewer.filter(access="sitting__meeting__access", **paths))
    )


def ballot_for(viewer: Viewer, pk: int) -> Ballot:
    """Return a ballot as this viewer may see it; raise Http404 where there is none for them."""
    ballot = ballots_for(viewer).filter(pk=pk).first()
    if ballot is None:
        raise Http404(_("There is no such ballot."))
    return ballot


def ballots_of(viewer: Viewer, motion_id: int) -> list[Ballot]:
    """Return the ballots on a motion, in the order in which they were opened, as this viewer may see them."""
    return list(ballots_for(viewer).filter(motion=motion_id).order_by("pk"))


def open_ballot_in(viewer: Viewer, sitting_id: int) -> Ballot | None:
    """Return the open ballot of a sitting, if there is one that this viewer may see."""
    return ballots_for(viewer).filter(sitting=sitting_id, closed=None, voided=None).first()


def last_ballot_in(viewer: Viewer, sitting_id: int) -> Ballot | None:
    """Return the last ballot opened in a sitting, if there is one that this viewer may see."""
    return ballots_for(viewer).filter(sitting=sitting_id).order_by("-pk").first()


@dataclass(frozen=True)
class InBrief:
    """A ballot with its state and its last count, for lists; without the count where the viewer may not know it yet."""

    ballot: Ballot
    state: str
    result: Result | None


def ballots_in_brief(viewer: Viewer, meeting: Meeting) -> list[InBrief]:
    """Return the ballots of a meeting that count, in order, as this viewer may see them."""
    counts = Prefetch("results", Result.objects.order_by("-version"))
    ballots = ballots_for(viewer).filter(sitting__meeting=meeting, practice=False).prefetch_related(counts)
    found = []
    for ballot in ballots.order_by("pk"):
        result = next(iter(ballot.results.all()), None) if ballot.closed else None
        found.append(InBrief(ballot, state_of(ballot, result), seen_result(viewer, ballot, result)))
    return found


def access_of(ballot: Ballot) -> Access:
    """Return who may know of a ballot: the narrowest of its own circle, its motion, item, sitting and meeting."""
    motion = ballot.motion
    return narrowest(
        ballot.access, motion.access, motion.item.access, ballot.sitting.access, ballot.sitting.meeting.access
    )


def seen_result(viewer: Viewer, ballot: Ballot, result: Result | None) -> Result | None:
    """Return a count where the viewer may know it: declared, everybody who sees the ballot; before, who counts it."""
    return result if result and (result.declared or counts_it(viewer, ballot)) else None


def counts_it(viewer: Viewer, ballot: Ballot) -> bool:
    """Say whether this viewer deals with the count before it is declared: the desk, who presides, and the tellers."""
    sitting = ballot.sitting
    if sitting.meeting.body.book_id in viewer.desks:
        return True
    if viewer.person is None:
        return False
    tellers = Organ.objects.filter(
        meeting=sitting.meeting_id, kind=Organ.Kind.TELLERS, ended=None, members__person=viewer.person
    )
    return sitting.presidings.filter(ends=None, person=viewer.person).exists() or tellers.exists()


@dataclass(frozen=True)
class Line:
    """A line of a paper of an election, with what the voter has said on it: a place, a mark, or y, n or a."""

    number: int
    name: str
    group: str
    place: int = 0
    marked: bool = False
    answer: str = ""


@dataclass(frozen=True)
class OwnVote:
    """A person's own place on the list, with the card to vote with and the vote already in the box.

    `request` is the token of the form that is shown: the same form sent twice counts once. In an election the paper has
    `lines`, of which `most` may be named (0: any number). Of a secret vote it is only known that it is `sealed` in the
    box. `on_paper` says that the desk issued a paper in the card's place.
    """

    voter: Entitled
    card: str
    request: str
    choice: str
    receipt: str
    form: str = Form.MOTION
    lines: tuple[Line, ...] = ()
    most: int = 0
    sealed: bool = False
    on_paper: bool = False
    # Whether the viewer casts it; the vote that they gave away another casts.
    casts: bool = True
    taken_back: bool = False
    may_take_back: bool = False

    @property
    def by_proxy(self) -> bool:
        """Say whether it is cast for somebody else."""
        return self.casts and self.voter.cast_by_id is not None and not self.taken_back

    @property
    def voted(self) -> bool:
        """Say whether a vote by name is in the box; a blank paper is one."""
        return bool(self.receipt)

    @property
    def choice_label(self) -> str:
        """The choice in words."""
        return paper_in_words(self.choice, self.form, [line.name for line in self.lines])

    @property
    def template(self) -> str:
        """The template of the paper."""
        return f"voting/papers/{self.form}.html"

    @property
    def places(self) -> range:
        """The places that can be given on a ranking."""
        return range(1, (self.most or len(self.lines)) + 1)


def own_votes(viewer: Viewer, ballot: Ballot) -> list[OwnVote]:
    """Return this viewer's own entitlements in a ballot: a card where they may vote now, and what they voted."""
    if not viewer.votes_in(f"meeting:{ballot.sitting.meeting_id}"):
        return []
    mine = Q(participation__person=viewer.person) | Q(cast_by__person=viewer.person)
    held = ballot.entitled.filter(mine).select_related("vote", "sealed_vote", "participation", "cast_by")
    held = held.annotate(struck=Count("struck_cards"), instead=Max("struck_cards__instead"))
    taken_back = Count("struck_cards", filter=Q(struck_cards__instead=StruckCard.Instead.OWNER))
    held = held.annotate(taken_back=taken_back).order_by("number")
    is_open = ballot.closed is None and ballot.voided is None and ballot.method in BY_CARD
    is_open = is_open and (ballot.until is None or ballot.until > now())
    options = [] if ballot.form == Form.MOTION else list(ballot.options.order_by("number"))
    return [own_vote(ballot, voter, options, is_open=is_open, casts=casts(viewer, voter)) for voter in held]


def casts(viewer: Viewer, voter: Any) -> bool:
    """Say whether this viewer casts a vote on the list: their own, unless it is cast by proxy, or another's."""
    caster = voter.participation if voter.cast_by is None or voter.taken_back else voter.cast_by
    return bool(caster.person_id == viewer.person)


def own_vote(ballot: Ballot, voter: Any, options: Sequence[Option], *, is_open: bool, casts: bool) -> OwnVote:
    """Return an entitlement with its card and vote. The voter comes with how many cards were struck, and for what."""
    vote: Vote | None = getattr(voter, "vote", None)
    sealed: SealedVote | None = getattr(voter, "sealed_vote", None)
    on_paper = voter.instead == StruckCard.Instead.PAPER
    votes_now = is_open and casts and not on_paper and ((vote is None and sealed is None) or ballot.vote_may_change)
    return OwnVote(
        voter=voter,
        card=issue_card(ballot.pk, voter.pk, issue=voter.struck) if votes_now else "",
        request=secrets.token_urlsafe(16),
        choice=vote.choice if vote else "",
        receipt=receipt(Card(ballot.pk, voter.pk), vote.choice, vote.request) if vote else "",
        form=ballot.form,
        lines=tuple(lines_on(options, ballot.form, vote.choice if vote else "")),
        most=ballot.most,
        sealed=sealed is not None,
        on_paper=on_paper,
        casts=casts,
        taken_back=bool(voter.taken_back),
        may_take_back=is_open and not casts and not voter.taken_back and vote is None and sealed is None,
    )


def lines_on(options: Iterable[Option], form: str, paper: str) -> Iterator[Line]:
    """Yield the lines of a paper with what was said on it."""
    chosen = named(paper, form)
    answers = answered(paper) if form == Form.YES_NO else {}
    ranks = ranks_of(paper) if form in {Form.RANKING, Form.RANKS} else []
    places = {number: place for place, rank in enumerate(ranks, 1) for number in rank}
    for option in options:
        marked, place = option.number in chosen, places.get(option.number, 0)
        yield Line(option.number, option.name, option.group, place, marked, answers.get(option.number, ""))


def option_names(ballot: Ballot) -> list[str]:
    """Return the names on the papers of a ballot by number; none where it is for, against or abstain."""
    if ballot.form == Form.MOTION:
        return []
    return list(ballot.options.order_by("number").values_list("name", flat=True))


def secret_vote_due(item: int, when: datetime) -> bool:
    """Say whether the meeting decided to vote in secret on an item, and has not done so since."""
    carried = ProceduralMotion.objects.filter(
        item=item, effect=Effect.SECRET_VOTE, state=ProceduralMotion.State.CARRIED, decided__lte=when
    )
    last = carried.order_by("-decided").first()
    if last is None:
        return False
    since = Ballot.objects.filter(motion__item=item, practice=False, voided=None, method__in=IN_SECRET)
    return not since.filter(opened__gte=last.decided).exists()
