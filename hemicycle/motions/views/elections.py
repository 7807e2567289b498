"""Pages before an election: it is called on an item, and candidates are nominated and accept."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Post
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.views.asking import Asks, all_names, as_typed, on_item, pages_on
from hemicycle.motions import acts
from hemicycle.motions.forms.elections import CallForm, NominateForm
from hemicycle.motions.models import Candidate, Motion
from hemicycle.motions.queries import motion_for
from hemicycle.motions.views import motion_address
from hemicycle.motions.words import Kind


def call_typed(form: Any) -> dict[str, Any]:
    """Return what the act takes of a call: the post by its key."""
    typed = as_typed(form)
    post = typed.pop("post")
    return {**typed, "post_id": int(post) if post else None}


def nominate_typed(form: Any) -> dict[str, Any]:
    """Return what the act takes of a nomination: the person by key, where one was named."""
    typed = as_typed(form)
    typed.pop("person", None)
    return typed


def posts_of(_request: HouseRequest, item: AgendaItem) -> dict[str, Any]:
    """Return the posts that can be filled."""
    return {"posts": list(Post.objects.filter(body=item.meeting.body).order_by("pk"))}


call = on_item(
    Asks(
        Kind.ELECTION_CALLED,
        acts.call_election,
        heading=lambda item: _("Call an election on item %(number)s") % {"number": item.called},
        button=lambda: _("Call the election"),
        hint=lambda _item: _("Candidates are nominated next; then it is put to the vote."),
        form=CallForm,
        given=posts_of,
        typed=call_typed,
    )
)


def election_for(viewer: Viewer, motion_id: int) -> Motion:
    """Return an election that the reader may see; raise Http404 where there is none."""
    motion = motion_for(viewer, motion_id)
    if motion.kind != Motion.Kind.ELECTION:
        raise Http404
    return motion


def candidate_for(viewer: Viewer, candidate_id: int) -> Candidate:
    """Return a candidate of an election that the reader may see; raise Http404 where there is none."""
    found = Candidate.objects.select_related("election").filter(pk=candidate_id).first()
    if found is None:
        raise Http404
    found.election.motion = motion_for(viewer, found.election.motion_id)
    return found


on_election = pages_on(election_for, lambda motion: motion.item.meeting, "motion_id")
on_candidate = pages_on(candidate_for, lambda found: found.election.motion.item.meeting, "candidate_id")


def back_to(candidate: Candidate) -> str:
    """Return the address of a candidate's election."""
    return motion_address(candidate.election.motion_id)


nominate = on_election(
    Asks(
        Kind.CANDIDATE_NOMINATED,
        acts.nominate,
        heading=lambda motion: _("Nominate: %(title)s") % {"title": motion.title},
        button=lambda: _("Nominate"),
        hint=lambda _motion: _("Only who accepts the nomination stands on the papers."),
        form=NominateForm,
        typed=nominate_typed,
        names=all_names,
        back=lambda motion: motion_address(motion.pk),
    )
)
close_nominations = on_election(
    Asks(
        Kind.NOMINATIONS_CLOSED,
        acts.close_nominations,
        heading=lambda motion: _("Close the nominations: %(title)s") % {"title": motion.title},
        button=lambda: _("Close the nominations"),
        back=lambda motion: motion_address(motion.pk),
    )
)
accept = on_candidate(
    Asks(
        Kind.NOMINATION_ACCEPTED,
        acts.accept_nomination,
        heading=lambda candidate: _("%(name)s accepts the nomination") % {"name": candidate.name},
        button=lambda: _("Enter that it is accepted"),
        back=back_to,
    )
)
