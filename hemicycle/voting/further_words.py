"""What an election left to do, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.voting.election_words import listed
from hemicycle.voting.models import Ballot
from hemicycle.voting.queries import Left, left_on, result_of


def label(left: Left) -> str:
    """Return what is called next."""
    return _("Call the run-off") if left.runoff else _("Call a further election for what stays open")


def told(left: Left) -> str:
    """Return what is left, and what follows from it; not that its item was settled, which may be for fewer to know."""
    if left.runoff:
        names = listed([one.name for one in left.runoff])
        return ngettext(
            "A run-off goes between %(names)s for %(seats)d seat: by names, the most votes win. Nobody else is "
            "nominated.",
            "A run-off goes between %(names)s for %(seats)d seats: by names, the most votes win. Nobody else is "
            "nominated.",
            left.seats,
        ) % {"names": names, "seats": left.seats}
    return ngettext(
        "%(seats)d seat stays open. A further election fills it; candidates are nominated anew, and who was not "
        "elected can stand again.",
        "%(seats)d seats stay open. A further election fills them; candidates are nominated anew, and who was not "
        "elected can stand again.",
        left.seats,
    ) % {"seats": left.seats}


def further_label(ballot: Ballot) -> str:
    """Return what is called after the election of a ballot, empty where nothing is."""
    left = left_on(ballot, result_of(ballot))
    return label(left) if left else ""


def further_told(ballot: Ballot) -> str:
    """Return what the election of a ballot left to do, empty where nothing is left."""
    left = left_on(ballot, result_of(ballot))
    return told(left) if left else ""
