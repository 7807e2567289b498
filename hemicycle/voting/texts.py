"""The texts that are put to the vote, as they can stand in several languages: motions, and the questions asked."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import subject
from hemicycle.languages.originals import Original
from hemicycle.meetings.queries import scope_of
from hemicycle.motions.models import Amendment, Motion
from hemicycle.motions.queries import last_read
from hemicycle.voting.models import Ballot
from hemicycle.voting.queries import access_of


def question_on(motion: Motion, amendment: Amendment | None) -> str:
    """Return the question that is put where nobody words another."""
    if motion.kind == Motion.Kind.ELECTION:
        return motion.title
    if amendment is None:
        return _("Shall “%(motion)s” be adopted?") % {"motion": motion.title}
    said = {"number": amendment.ordinal, "motion": motion.title}
    return _("Shall amendment %(number)d to “%(motion)s” be adopted?") % said


def motion_texts(*, key: int | None = None, meeting: int | None = None) -> Iterator[Original]:
    """Yield the motions of a meeting as they stand, or one of them, each with the question that it will be put by."""
    found = Motion.objects.filter(**({"pk": key} if key is not None else {"item__meeting": meeting}))
    found = found.select_related("item__meeting__body").prefetch_related("versions__points")
    for motion in found.order_by("item__ordinal", "ordinal"):
        item, place, version = motion.item, motion.item.meeting, last_read(motion)
        texts = {"title": motion.title, "preamble": version.preamble}
        texts |= {f"point {point.ordinal}": point.text for point in version.points.all()}
        texts["question"] = question_on(motion, None)
        yield Original(
            noun="motion",
            key=motion.pk,
            called=motion.title,
            language=version.language,
            texts={part: text for part, text in texts.items() if text},
            book=place.body.book_id,
            scope=scope_of(place),
            beside=place.told_in_every_entry,
            access=narrowest(motion.access, item.access, place.access),
            subjects=(subject(motion), subject(item), subject(place)),
            fixed=motion.state == Motion.State.VOTING,
        )


def ballot_texts(*, key: int | None = None, meeting: int | None = None) -> Iterator[Original]:
    """Yield the questions of the ballots of a meeting, or of one of them."""
    found = Ballot.objects.filter(**({"pk": key} if key is not None else {"sitting__meeting": meeting, "voided": None}))
    found = found.select_related("sitting__meeting__body", "motion__item__meeting__body", "version", "amendment")
    for ballot in found.order_by("pk"):
        place = ballot.sitting.meeting
        yield Original(
            noun="ballot",
            key=ballot.pk,
            called=ballot.question,
            language=ballot.version.language,
            texts={"question": ballot.question},
            book=place.body.book_id,
            scope=scope_of(place),
            beside=place.told_in_every_entry,
            access=access_of(ballot),
            subjects=(subject(ballot), subject(ballot.motion), subject(place)),
            fixed=ballot.closed is None and ballot.voided is None,
        )
