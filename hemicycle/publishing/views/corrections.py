"""Pages on corrections of circulated minutes: a member proposes one, the desk takes it up or declines it."""

from difflib import SequenceMatcher
from functools import partial

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.meetings.queries import meeting_for
from hemicycle.publishing import acts
from hemicycle.publishing.communique.blocks import section_named
from hemicycle.publishing.forms import minutes as forms
from hemicycle.publishing.models import Minutes
from hemicycle.publishing.queries import minutes as queries
from hemicycle.publishing.views.minutes import for_a_reason, get_or_post, minutes_page
from hemicycle.publishing.words import Kind


@get_or_post
def propose(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Propose how a section of circulated minutes should read."""
    shown = queries.minutes_for(request.viewer, meeting_for(request.viewer, meeting_id))
    name = request.POST.get("section") or request.GET.get("section", "")
    section = section_named(shown.content, name)
    if section is None or shown.minutes.state != Minutes.State.CIRCULATED:
        raise Http404(_("There is no such section."))
    now, number = forms.section_text(shown.content, name), shown.version.number
    initial = {"seen": number, "text": now}
    form = forms.CorrectionForm(request.POST or None, zone=shown.minutes.body.time_zone, initial=initial)

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.propose_correction(
            by=by,
            minutes_id=shown.minutes.pk,
            seen=sent["seen"],
            section=name,
            text=sent["text"],
            reason=sent["reason"],
            happened=form.stated,
        )

    return entering.enter(
        request,
        shown.minutes.body.book_id,
        Kind.CORRECTION_PROPOSED,
        form,
        do,
        heading=_("Propose a correction: %(section)s") % {"section": section["heading"]},
        button=_("Propose the correction"),
        back=minutes_page(shown.minutes.meeting),
        template="publishing/propose_correction.html",
        meeting=shown.minutes.meeting,
        section=name,
        theirs=now if form.is_bound and request.POST.get("seen") != str(number) else "",
        hint=_("Change the text as it should read. The desk takes it up, or declines it and says why."),
    )


@get_or_post
def take_up(request: HouseRequest, correction_id: int) -> HttpResponse:
    """Take up a correction, as it was proposed or in other words."""
    correction = queries.correction_for(request.viewer, correction_id)
    found = correction.minutes
    latest = found.versions.order_by("-number")[0]
    now = forms.section_text(latest.content, correction.section)
    form = forms.TakeUpForm(
        request.POST or None,
        zone=found.body.time_zone,
        initial={"seen": latest.number, "text": correction.text},
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.take_up_correction(
            by=by,
            correction_id=correction.pk,
            seen=sent["seen"],
            text=sent["text"],
            departs_because=sent["departs_because"],
            happened=form.stated,
        )

    return entering.enter(
        request,
        found.body.book_id,
        Kind.CORRECTION_TAKEN_UP,
        form,
        do,
        heading=_("Take up correction %(number)d") % {"number": correction.number},
        button=_("Take it up"),
        back=minutes_page(found.meeting),
        template="publishing/take_up_correction.html",
        meeting=found.meeting,
        correction=correction,
        heading_of_section=queries.heading_in(latest, correction.section),
        compared=compared(now, correction.text),
        hint=_("The minutes go out anew with it at once."),
    )


@get_or_post
def decline(request: HouseRequest, correction_id: int) -> HttpResponse:
    """Decline a correction, and say why."""
    correction = queries.correction_for(request.viewer, correction_id)
    do = partial(acts.decline_correction, correction_id=correction.pk)
    heading = _("Decline correction %(number)d") % {"number": correction.number}
    return for_a_reason(request, correction.minutes, Kind.CORRECTION_DECLINED, do, heading)


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Return two texts as one, word by word: what is the same, what is taken out (“del”) and what is put in (“ins”)."""
    old, new = (text.replace("\n", " \n ").split(" ") for text in (before, after))
    found: list[tuple[str, str]] = []
    for step, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            found.append(("", " ".join(old[first:last])))
            continue
        found += [("del", " ".join(old[first:last]))] if last > first else []
        found += [("ins", " ".join(new[start:end]))] if end > start else []
    return found
