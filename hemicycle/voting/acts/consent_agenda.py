"""The consent agenda: several items decided at once where nobody objects; one objection takes an item out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.models import AgendaItem, Sitting
from hemicycle.meetings.queries.during import audience_in
from hemicycle.motions.models import Motion
from hemicycle.voting import queries
from hemicycle.voting.acts.balloting import declare
from hemicycle.voting.acts.floor import agreed
from hemicycle.voting.acts.opening import refuse_unready, write_ballot
from hemicycle.voting.models import Method, Result
from hemicycle.voting.words import Kind


def decide_consent_agenda(
    *,
    by: Actor,
    sitting_id: int,
    motions: Sequence[int],
    taken_out: Sequence[int] = (),
    objector: str = "",
    happened: Happened | None = None,
) -> list[Result]:
    """Enter that nobody objected to these motions, each on an item to come: they are adopted by consent, and declared.

    Their items are dealt with. What is `taken_out`, because somebody objected, stays to come with its motion. Each
    result is certified like any other.

    Raises:
        Refused: nobody objected to nothing, no sitting is at work, the quorum is not there, or one of the motions is
            not alone on an item to come, has an open amendment, or is to be voted on in secret.
    """
    with act(Kind.CONSENT_AGENDA_DECIDED, by=by, happened=happened) as entry:
        sitting = entry.lock(Sitting, sitting_id)
        meeting = sitting.meeting
        within(by, meeting.body.book_id)
        if not motions:
            raise Refused("nothing_agreed", _("Say to which items nobody objected."), status=422, field="agreed")
        if sitting.opened is None or sitting.closed:
            raise Refused("no_open_sitting", _("No sitting is open, so nothing can be decided. Open a sitting."))
        offered = {one.pk for one in queries.for_consent(meeting)}
        if not offered.issuperset([*motions, *taken_out]):
            raise Refused(
                "not_for_consent",
                _("Only a motion that is alone on an item to come, without an open amendment, is decided so."),
                status=422,
                field="agreed",
            )
        here = audience_in(entry, sitting)
        results = [adopt(entry, sitting, key) for key in sorted(set(motions))]
        for result in results:
            declare(entry, result.ballot, result)
            item = entry.lock(AgendaItem, result.ballot.motion.item_id)
            entry.update(item, state=AgendaItem.State.SETTLED, state_access=here)
        entry.update(sitting, voting_since=None)
        done = [result.ballot.motion for result in results]
        out = list(Motion.objects.select_related("item").filter(pk__in=set(taken_out) - set(motions)).order_by("pk"))
        subjects = [row for result in results for row in (result, result.ballot, result.ballot.motion)]
        entry.record(
            subjects=[*subjects, *(one.item for one in done), *out, *(one.item for one in out), sitting, meeting],
            access=narrowest(*(queries.access_of(result.ballot) for result in results), *(one.access for one in out)),
            scope=meeting,
            facts={
                "agreed": [{"item": one.item.called, "motion": one.title} for one in done],
                "taken_out": [{"item": one.item.called, "motion": one.title} for one in out],
                "objector": objector.strip() if out else "",
                "entitled": results[0].entitled,
            },
        )
    return results


def adopt(entry: Act, sitting: Sitting, motion_id: int) -> Result:
    """Write that a motion was adopted by consent, in a vote that was opened and closed at once."""
    motion = entry.lock(Motion, motion_id)
    refuse_unready(sitting, motion, entry.when)
    ballot = write_ballot(entry, sitting, motion, None, method=Method.CONSENT)
    entry.update(ballot, closed=entry.when, box_digest=queries.digest_of_box(ballot))
    return agreed(entry, ballot)
