"""Calling a roll: who is called, and that the call goes on to the next. Not acts; what is answered lies in the box."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused, announce
from hemicycle.voting.models import Ballot, RollCall
from hemicycle.voting.queries.roll import roll_of


def go_on_from(ballot: Ballot, number: int) -> None:
    """Let the call go on from somebody who does not answer; nothing happens where another desk went on already."""
    with transaction.atomic():
        call = held(ballot)
        roll = roll_of(ballot)
        if roll.following is None or roll.following.voter.number != number:
            return
        if call.number == number:
            call.number = 0
        else:
            call.turn, call.after = roll.turn, number
        call.save()


def call_up(ballot: Ballot, number: int) -> None:
    """Call somebody out of the order; after their answer, or without one, the call goes on where it was."""
    with transaction.atomic():
        call = held(ballot)
        call.number = number
        call.save()


def refuse_uncalled(ballot: Ballot, number: int) -> None:
    """Refuse an answer from a page on which another desk went on since. Asked in the transaction that enters it.

    The call is held until that transaction ends, so that of two desks that answer for one at once the second is
    refused. Of a vote that is closed the box says so by itself.
    """
    held(ballot)
    is_open = Ballot.objects.filter(pk=ballot.pk, closed=None, voided=None).exists()
    following = roll_of(ballot).following
    if is_open and (following is None or following.voter.number != number):
        raise Refused(
            "called_on",
            _("Somebody else is called by now; another desk went on. Nothing was entered. Look who is called."),
        )


def tell_of_turn() -> None:
    """Let the pages that follow look at once: the call moved, and no entry of the book tells of it.

    Only PostgreSQL needs a word; on SQLite a commit is noticed.
    """
    if connection.vendor == "postgresql":
        announce("")


def held(ballot: Ballot) -> RollCall:
    """Return where the call of a ballot stands, held until the transaction ends."""
    Ballot.objects.select_for_update(of=("self",)).get(pk=ballot.pk)
    return RollCall.objects.get_or_create(ballot=ballot)[0]
