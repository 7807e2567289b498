"""Which procedural motion is before a sitting: one that was moved, or one that carried and waits for its effect."""

from hemicycle.accounts.access import Viewer
from hemicycle.journal.models import Entry
from hemicycle.meetings.models import Sitting
from hemicycle.motions.models import ProceduralMotion
from hemicycle.voting.words import Kind as Voting

# The acts that are the effect of a procedural motion. One of them, entered after it carried, carries it out.
EFFECTS: dict[str, frozenset[str]] = {
    "suspend": frozenset({"sitting.suspended", "sitting.closed", "sitting.adjourned"}),
    "adjourn": frozenset({"sitting.closed", "sitting.adjourned"}),
    "appeal": frozenset({"ruling.reversed"}),
    "private": frozenset({"sitting.closed_to_public"}),
    "secret vote": frozenset({"ballot.opened", "item.settled"}),
    "recount": frozenset({"result.corrected", "result.certified", "ballot.voided", "ballot.repeated"}),
    "next business": frozenset({"item.settled", "item.taken_up"}),
    "refer back": frozenset({"item.referred_back"}),
    "close debate": frozenset({"debate.closed", "ballot.opened", "item.settled"}),
    "close list": frozenset({"list.closed", "debate.closed", "ballot.opened", "item.settled"}),
    "divide": frozenset({"motion.divided"}),
    "reconsider": frozenset({"item.reopened", "ballot.voided", "ballot.repeated", "motion.tabled"}),
}


def procedure_on(viewer: Viewer, sitting: Sitting) -> ProceduralMotion | None:
    """Return the procedural motion that carried last, while it waits for its effect, else the one that goes first."""
    seen = sitting.procedural_motions.filter(
        viewer.filter("sitting__meeting__body__book", "access", "sitting__meeting"), state__in=["moved", "carried"]
    )
    found = list(seen.order_by("precedence", "-pk"))
    moved = next((one for one in found if one.state == ProceduralMotion.State.MOVED), None)
    done = [one for one in found if one.state == ProceduralMotion.State.CARRIED]
    carried = max(done, key=lambda one: (one.decided, one.pk), default=None)
    return moved if carried is None or has_followed(sitting, carried) else carried


def has_followed(sitting: Sitting, carried: ProceduralMotion) -> bool:
    """Say whether the act that is the effect of a carried procedural motion was entered since."""
    kinds = EFFECTS.get(carried.effect, frozenset())
    if not kinds:
        return True
    entries = Entry.objects.filter(book=sitting.meeting.body.book_id)
    decided = entries.filter(kind=Voting.PROCEDURE_DECIDED, recorded_at__gte=carried.decided).order_by("number").first()
    return decided is None or entries.filter(number__gt=decided.number, kind__in=kinds).exists()
