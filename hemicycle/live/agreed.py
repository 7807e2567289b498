"""What a sitting adopted by consent and waits to be certified, which the desk does with one button."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.meetings.models import Sitting
from hemicycle.voting.models import Method, Result


def waiting_in(sitting_id: int) -> list[Result]:
    """Return what a sitting adopted by consent that is not a decision yet, in the order of the votes."""
    found = Result.objects.filter(
        ballot__sitting=sitting_id,
        ballot__method=Method.CONSENT,
        ballot__voided=None,
        ballot__amendment=None,
        ballot__sitting__meeting__rehearsal=False,
        declared__isnull=False,
        decision=None,
        carried=True,
    )
    later = Result.objects.filter(ballot=OuterRef("ballot"), version__gt=OuterRef("version"))
    return list(found.exclude(Exists(later)).select_related("ballot__motion__item").order_by("ballot"))


def told(waiting: Sequence[Result]) -> str:
    """Return what waits, by its items; empty where nothing does."""
    motions = [one.ballot.motion for one in waiting]
    said = "; ".join(
        _("item %(item)s, “%(motion)s”") % {"item": one.item.called, "motion": one.title} for one in motions
    )
    return _("Nobody objected to %(items)s.") % {"items": said} if said else ""


def button(waiting: Sequence[Result]) -> str:
    """Return the words of the button at the desk."""
    return ngettext(
        "Certify what was adopted by consent: %(count)d decision",
        "Certify what was adopted by consent: %(count)d decisions",
        len(waiting),
    ) % {"count": len(waiting)}


def hint(sitting: Sitting) -> str:
    """Return what is certified, and that it stands from then on."""
    waiting = told(waiting_in(sitting.pk))
    if not waiting:
        return _("Nothing that was adopted by consent waits here to be certified.")
    return f"{waiting} {_('Each gets its number; from then on only a later decision changes it.')}"
