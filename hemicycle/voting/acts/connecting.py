"""What the rules say where a vote is opened or closed while somebody who may vote is not connected."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.bodies.rules import Unconnected
from hemicycle.journal.act import Act, Refused
from hemicycle.journal.clock import now
from hemicycle.meetings.models import Sitting
from hemicycle.voting.models import Ballot, OpeningAsked
from hemicycle.voting.queries.connecting import FROM_PHONES, Connection, connection_before, connection_in

# Whoever asks again later than this begins to wait anew.
FORGOTTEN = timedelta(minutes=15)
NOT_YET = "not_connected_yet"


@contextmanager
def waiting_from_the_first_asking(motion_id: int) -> Iterator[None]:
    """Remember when the desk first asked to open a vote that waits: the refusal itself leaves nothing behind."""
    try:
        yield
    except Refused as refusal:
        if refusal.code == NOT_YET and asked_since(motion_id) is None:
            OpeningAsked.objects.update_or_create(motion_id=motion_id, defaults={"asked": now()})
        raise


def asked_since(motion_id: int) -> datetime | None:
    """Return since when the desk asks to open a vote on a motion, None where it asks for the first time."""
    lately = OpeningAsked.objects.filter(motion=motion_id, asked__gt=now() - FORGOTTEN)
    return lately.values_list("asked", flat=True).first()


def refuse_opening_unconnected(
    entry: Act, sitting: Sitting, asked: RulesOfProcedure, motion_id: int, method: str, *, anyway: bool
) -> None:
    """Refuse to open a vote in the box that by the rules waits for who is not connected, or asks the desk's word."""
    if goes_on(entry, asked, method):
        return
    since = asked_since(motion_id) if asked.unconnected == Unconnected.WAIT else None
    refuse_unconnected(asked, connection_before(sitting, entry.when), since or entry.when, entry.when, anyway=anyway)
    # The next vote on the motion, on another amendment or again, waits for itself.
    OpeningAsked.objects.filter(motion=motion_id).delete()


def refuse_closing_unconnected(entry: Act, ballot: Ballot, asked: RulesOfProcedure, *, anyway: bool) -> None:
    """Refuse to close one likewise; it waits from its opening for those who have not voted."""
    if not ballot.practice and not goes_on(entry, asked, ballot.method):
        refuse_unconnected(asked, connection_in(ballot, entry.when), ballot.opened, entry.when, anyway=anyway)


def goes_on(entry: Act, asked: RulesOfProcedure, method: str) -> bool:
    """Say whether nothing waits: by the rules, without phones, or because it was earlier and is only entered now."""
    return asked.unconnected == Unconnected.GO_ON or method not in FROM_PHONES or entry.when < entry.recorded_at


def refuse_unconnected(
    asked: RulesOfProcedure, connection: Connection, since: datetime, when: datetime, *, anyway: bool
) -> None:
    """Refuse what waits, with how many are missing and what can be done."""
    missing = len(connection.absent)
    if not missing or (anyway and asked.unconnected == Unconnected.SAID):
        return
    told = ngettext(
        "%(missing)d of %(casting)d persons who may vote is not connected.",
        "%(missing)d of %(casting)d persons who may vote are not connected.",
        missing,
    ) % {"missing": missing, "casting": connection.casting}
    what = _("Call them, let them vote on paper, or give them a new card.")
    if asked.unconnected == Unconnected.SAID:
        raise Refused(
            "not_connected", f"{told} {what} {_('Or say that the vote goes on all the same.')}", field="anyway"
        )
    left = ceil((since + timedelta(seconds=asked.connect_seconds) - when).total_seconds())
    if left > 0:
        waits = ngettext(
            "By the rules the vote waits for %(left)d more second.",
            "By the rules the vote waits for %(left)d more seconds.",
            left,
        )
        raise Refused(NOT_YET, f"{told} {waits % {'left': left}} {what}")
