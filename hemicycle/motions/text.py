"""The text of a motion in its versions: how one is compared, written, and made of another by an amendment."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.journal.act import Act, Refused
from hemicycle.motions import rules
from hemicycle.motions.models import Amendment, Motion, MotionPoint, MotionVersion


def text_of(version: MotionVersion) -> tuple[str, list[rules.Point]]:
    """Return a version as the rules compare it: its preamble and its points."""
    points = version.points.order_by("ordinal")
    return version.preamble, [rules.Point(point.text, point.operational) for point in points]


def last_version(motion: Motion) -> MotionVersion:
    """Return the version in which a motion stands."""
    return motion.versions.order_by("-number")[0]


def write_version(
    entry: Act, motion: Motion, number: int, preamble: str, points: Sequence[tuple[str, bool]], language: str
) -> MotionVersion:
    """Write a version of a motion with its points."""
    said = rules.written(points)
    if not rules.says_something(preamble, said):
        raise Refused("no_text", _("A motion needs a text: a preamble or a point."), status=422, field="points")
    version = entry.create(MotionVersion(motion=motion, number=number, language=language, preamble=preamble.strip()))
    entry.create_many(
        MotionPoint,
        [
            MotionPoint(version=version, ordinal=ordinal, text=point.text, operational=point.operational)
            for ordinal, point in enumerate(said, 1)
        ],
    )
    return version


def change_of(amendment: Amendment) -> rules.Change:
    """Return what an amendment changes, as the rules have it."""
    return rules.Change(amendment.target, amendment.point, amendment.text, amendment.operational)


def amended(amendment: Amendment) -> tuple[str, list[rules.Point]]:
    """Return the text of a motion as it would read with an amendment."""
    return rules.amended(*text_of(last_version(amendment.motion)), change_of(amendment))


def take_in(entry: Act, amendment: Amendment) -> MotionVersion:
    """Write the version of a motion that an amendment makes of it; what other amendments are on moves with it."""
    motion, last = amendment.motion, last_version(amendment.motion)
    preamble, points = amended(amendment)
    pairs = [(point.text, point.operational) for point in points]
    version = write_version(entry, motion, last.number + 1, preamble, pairs, last.language)
    entry.update(amendment, becomes=version)
    for other in motion.amendments.select_for_update(of=("self",)).filter(state=Amendment.State.TABLED):
        if other.pk == amendment.pk:
            continue
        place = rules.moved(change_of(other), change_of(amendment))
        if place is None:
            entry.update(other, state=Amendment.State.FALLEN)
        elif place != other.point:
            entry.update(other, point=place)
    return version
