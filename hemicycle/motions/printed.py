"""What is printed for votes on paper: a tally sheet for the tellers, and the ballots."""

from django.template.loader import render_to_string

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import Meeting
from hemicycle.motions.models import Motion
from hemicycle.motions.queries import motions_for


def for_votes(viewer: Viewer, meeting: Meeting, ballots: int) -> str:
    """Return tally sheets and so many ballots for each motion of a meeting that waits for its vote, as HTML."""
    waiting = motions_for(viewer, meeting).filter(state=Motion.State.TABLED)
    return render_to_string("motions/printed.html", {"motions": list(waiting), "ballots": range(ballots)})
