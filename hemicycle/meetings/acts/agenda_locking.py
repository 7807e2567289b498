"""How an agenda is locked to be changed, asks for the meeting's vote, and is written in its new order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Model
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.bodies.queries import majority_on, rules_on, voting_members
from hemicycle.bodies.rules import Question
from hemicycle.journal.act import Act, Refused
from hemicycle.meetings import agenda as rules
from hemicycle.meetings.acts.locking import lock_meeting, lock_presided_sitting, sitting_under_way
from hemicycle.meetings.agenda import NoSuchPlace, Place, Vote
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.queries.agenda import changed_since, voters_there
from hemicycle.meetings.queries.during import audience

# Where rows wait while the numbers of an agenda are written anew, so that no two ever have the same.
ASIDE = 1_000_000


@dataclass
class Agenda:
    """An agenda while it is changed: its meeting, its items in order, and the vote that allows it, for the facts.

    `sitting` is the one that voted on it.
    """

    meeting: Meeting
    items: dict[int, AgendaItem]
    vote: dict[str, int] | None = None
    sitting: Sitting | None = None

    @property
    def concerned(self) -> list[Model]:
        """What an entry on a change of it concerns besides the item: the meeting, and the sitting that voted on it."""
        return [self.meeting, *([self.sitting] if self.sitting else [])]

    @property
    def places(self) -> list[Place]:
        """The items as the rules of order know them."""
        return [Place(item.pk, item.parent_id, item.access) for item in self.items.values()]


def lock_item_on_agenda(entry: Act, item_id: int, seen: int | None, vote: Vote | None) -> tuple[Agenda, AgendaItem]:
    """Lock the agenda that an item stands on; return both."""
    item = entry.lock(AgendaItem, item_id)
    agenda = lock_agenda(entry, item.meeting_id, seen, vote)
    if item_id not in agenda.items:
        raise Refused(
            "item_withdrawn",
            _("“%(title)s” was taken off the agenda meanwhile. Nothing was changed.") % {"title": item.title},
        )
    return agenda, agenda.items[item_id]


def refuse_in_private(entry: Act, item: AgendaItem) -> None:
    """Refuse to change in a closed sitting what more people see: the agenda would tell them of the sitting."""
    if narrowest(item.access, audience(entry, item.meeting)) != item.access:
        raise Refused(
            "sitting_in_private",
            _("More people see this item than may know of the sitting that is open. Change it in an open sitting."),
        )


def lock_agenda(entry: Act, meeting_id: int, seen: int | None, vote: Vote | None) -> Agenda:
    """Lock a meeting to change its agenda; one that was adopted asks for the meeting's vote."""
    meeting = lock_meeting(entry, meeting_id)
    refuse_stale(meeting, seen)
    agenda = agenda_of(meeting)
    if meeting.agenda_adopted:
        agenda.sitting, agenda.vote = voted_for(entry, meeting, vote)
    return agenda


def agenda_of(meeting: Meeting) -> Agenda:
    """Return the agenda of a meeting that is locked."""
    return Agenda(meeting, {item.pk: item for item in meeting.items.select_related("parent").order_by("ordinal")})


def refuse_stale(meeting: Meeting, seen: int | None) -> None:
    """Refuse a form that was made from an older agenda, and say what was done to it meanwhile."""
    if seen is None or seen == meeting.agenda_version:
        return
    raise Refused(
        "agenda_changed",
        _("The agenda was changed while you were writing: %(changes)s Nothing of yours was entered; what you typed ")
        % {"changes": " ".join(changed_since(meeting, seen)) or _("by somebody else.")}
        + _("is still here. Look at the agenda as it is now, then send it again."),
    )


def voted_for(entry: Act, meeting: Meeting, vote: Vote | None) -> tuple[Sitting, dict[str, int]]:
    """Return the sitting that allows a change of its meeting's adopted agenda, and the counts by which it does."""
    if vote is None:
        raise Refused(
            "agenda_adopted",
            _("The agenda was adopted, and is not changed silently: the meeting votes on it. Enter how it voted."),
            field="votes_for",
        )
    sitting = sitting_under_way(meeting)
    if sitting is None:
        raise Refused(
            "no_open_sitting",
            _("The agenda was adopted; only a sitting can change it, and none of this meeting is open."),
        )
    sitting = lock_presided_sitting(entry, sitting.pk)
    counts = counts_of(entry, sitting, vote, Question.AGENDA)
    if vote.votes_for < counts["needed"]:
        raise Refused(
            "majority_not_reached",
            _("The rules ask for %(needed)d votes to change the agenda, and %(given)d were given. It stays as it is.")
            % {"needed": counts["needed"], "given": vote.votes_for},
            field="votes_for",
        )
    return sitting, counts


def counts_of(entry: Act, sitting: Sitting, vote: Vote, question: Question) -> dict[str, int]:
    """Return the counts of a vote by hands, for the facts, and how many votes the rules ask for on this question.

    Raises:
        Refused: there is no quorum, or the counts cannot be.
    """
    if not quorum_at(sitting, entry.when).allows_votes:
        raise Refused("no_quorum", _("There is no quorum, so the meeting cannot decide on this now."))
    there = voters_there(sitting, entry.when)
    if min(vote.votes_for, vote.against, vote.abstained) < 0 or vote.cast > there:
        raise Refused(
            "more_votes_than_voters",
            _("%(cast)d votes were entered, and %(there)d who may vote are there. Count again.")
            % {"cast": vote.cast, "there": there},
            status=422,
            field="votes_for",
        )
    meeting = sitting.meeting
    asked = majority_on(rules_on(meeting.body, meeting.starts), question)
    whole = voting_members(meeting.body, day_of(sitting)).count()
    needed = rules.needed(vote, asked, present=there, members=whole)
    return {"for": vote.votes_for, "against": vote.against, "abstained": vote.abstained, "needed": needed}


def parent_on(agenda: Agenda, parent_id: int | None) -> AgendaItem | None:
    """Return the item of this agenda under which another shall stand."""
    if parent_id is None:
        return None
    if parent_id not in agenda.items:
        raise Refused("parent_elsewhere", _("The item above is not on this agenda."), status=422, field="parent")
    return agenda.items[parent_id]


def refuse_title(agenda: Agenda, title: str, parent: AgendaItem | None) -> None:
    """Refuse an item without a title, or with that of another beside it."""
    if not title.strip():
        raise Refused("no_title", _("An item needs a title."), status=422, field="title")
    for item in agenda.items.values():
        if item.parent == parent and item.title == title.strip():
            raise Refused(
                "item_added",
                _("Item %(number)s has this very title already. Nothing was entered twice.") % {"number": item.called},
                field="title",
            )


def refuse_unless_to_come(item: AgendaItem) -> None:
    """Refuse to take off what the meeting has begun with."""
    if item.state != AgendaItem.State.PENDING:
        raise Refused(
            "item_not_to_come",
            _("“%(title)s” is %(state)s, and cannot be taken off the agenda any more.")
            % {"title": item.title, "state": item.get_state_display()},
        )


def put_on(
    entry: Act, agenda: Agenda, item: AgendaItem, parent: AgendaItem | None = None, at: int | None = None
) -> AgendaItem:
    """Write a new item as the `at`-th under its parent or else the last, and the numbers of those that it moves."""
    refuse_title(agenda, item.title, parent)
    item.meeting, item.parent = agenda.meeting, parent
    item.ordinal = max((one.ordinal for one in agenda.items.values()), default=0) + 1
    entry.create(item)
    agenda.items[item.pk] = item
    order(entry, agenda, item, parent, len(agenda.items) if at is None else at)
    return item


def order(entry: Act, agenda: Agenda, item: AgendaItem, parent: AgendaItem | None, at: int) -> None:
    """Put an item in its place, and write the order and the numbers of the agenda."""
    try:
        places = rules.put(agenda.places, item.pk, parent.pk if parent else None, at)
    except NoSuchPlace:
        raise Refused(
            "no_such_place",
            _("An item cannot stand under itself, and an agenda has at most %(most)d levels.")
            % {"most": rules.DEEPEST},
            status=422,
            field="parent",
        ) from None
    write_order(entry, agenda, places)


def write_order(entry: Act, agenda: Agenda, places: Sequence[Place]) -> None:
    """Write the order of an agenda, how its items are called, and that it has changed."""
    called = rules.numbers(places, agenda.meeting.access)
    changed = []
    for ordinal, place in enumerate(places, 1):
        item = agenda.items[place.key]
        stands = (ordinal, called[place.key], place.parent)
        if (item.ordinal, item.number, item.parent_id) != stands:
            item.ordinal, item.number, item.parent_id = stands
            changed.append(item)
    AgendaItem.objects.filter(pk__in=[item.pk for item in changed]).update(ordinal=F("ordinal") + ASIDE)
    entry.update_many(changed, ["ordinal", "number", "parent"])
    agenda.items = {place.key: agenda.items[place.key] for place in places}
    touch(entry, agenda)


def touch(entry: Act, agenda: Agenda) -> None:
    """Write that the agenda has changed, so that forms made from the old one are known."""
    entry.update(agenda.meeting, agenda_version=agenda.meeting.agenda_version + 1)
