"""The text of a communiqué as the press has it: as the book tells it, but for the sections written by hand."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now
from hemicycle.meetings.models import Meeting
from hemicycle.publishing.communique import compose
from hemicycle.publishing.communique.blocks import Content, Section
from hemicycle.publishing.communique.written import as_blocks, as_text
from hemicycle.publishing.models import PressDraft, Publication
from hemicycle.publishing.queries import last_publication


def drafted(meeting: Meeting, language: str, access: str) -> Content:
    """Return the content to be published now, as the press has it."""
    return by_the_press(compose(meeting, language, access), meeting, language, access)


def by_the_press(drawn: Content, meeting: Meeting, language: str, access: str, *, lock: bool = False) -> Content:
    """Return what the book tells with the draft in it, or else the edited text of the last version corrected now."""
    drafts = PressDraft.objects.filter(meeting=meeting, language=language, access=access)
    draft = (drafts.select_for_update() if lock else drafts).first()
    texts = draft.texts if draft else published_texts(last_publication(meeting, language, access), drawn)
    return {**drawn, "sections": [by_hand(one, texts) for one in drawn["sections"]]}


def published_texts(last: Publication | None, drawn: Content) -> dict[str, str]:
    """Return the sections that were written by hand in the last version, where the next one corrects it."""
    if last is None or last.kind != drawn["kind"] or drawn["kind"] != "communiqué":
        return {}
    return {one["name"]: as_text(one["blocks"]) for one in last.content["sections"] if one.get("edited")}


def by_hand(section: Section, texts: Mapping[str, str]) -> Section:
    """Return a section as the press wrote it, where it did."""
    text = texts.get(section["name"])
    if text is None or text == as_text(section["blocks"]):
        return section
    return {**section, "blocks": as_blocks(text, section["blocks"]), "edited": True}


def draft_version(meeting: Meeting, language: str, access: str) -> int:
    """Return the number of the last saving of a draft; 0 where there is none."""
    found = PressDraft.objects.filter(meeting=meeting, language=language, access=access)
    return found.values_list("version", flat=True).first() or 0


def keep_draft(
    *, meeting: Meeting, language: str, access: str, seen: int, texts: Mapping[str, str], name: str, anew: bool = False
) -> PressDraft:
    """Keep the sections that the press wrote anew; `seen` is the number of the saving that it began from.

    Others stay as they were: by hand, or as the book tells them. With `anew`, all that was written before is left out.

    Raises:
        Refused: somebody else saved meanwhile.
    """
    drawn = compose(meeting, language, access)
    told = {one["name"]: as_text(as_blocks(as_text(one["blocks"]))) for one in drawn["sections"]}
    written = {section: as_text(as_blocks(text)) for section, text in texts.items()}
    with transaction.atomic():
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        found = PressDraft.objects.filter(meeting=meeting, language=language, access=access).first()
        if (found.version if found else 0) != seen:
            raise Refused(
                "draft_changed",
                _(
                    "%(name)s saved this text since you began. Nothing of yours was lost and nothing was overwritten. "
                    "Look at both texts, then save again."
                )
                % {"name": found.saved_by if found else _("Somebody")},
            )
        before = found.texts if found else published_texts(last_publication(meeting, language, access), drawn)
        kept = written if anew else {**before, **written}
        own = {section: text for section, text in kept.items() if text != told.get(section, text)}
        draft = found or PressDraft(meeting=meeting, language=language, access=access, version=0)
        draft.texts, draft.version, draft.saved, draft.saved_by = own, seen + 1, now(), name
        draft.save()
    return draft
