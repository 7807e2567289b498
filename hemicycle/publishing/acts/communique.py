"""Publishing a communiqué: what was previewed is what gets published, and then never changes."""

from django.conf import settings
from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.rehearsing import refuse_rehearsal
from hemicycle.publishing.acts.writing import refuse_found
from hemicycle.publishing.checking import in_communique
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.publishing.drafting import by_the_press
from hemicycle.publishing.models import PressDraft, Publication, PublicationKind
from hemicycle.publishing.queries import last_publication
from hemicycle.publishing.words import Kind, audience


def publish_communique(
    *,
    by: Actor,
    meeting_id: int,
    seen: str,
    language: str = "en",
    access: str = Access.PUBLIC,
    correction_reason: str = "",
    departs_because: str = "",
    happened: Happened | None = None,
) -> Publication:
    """Publish what the book tells of a meeting to an audience: a daily report while it lasts, else its communiqué.

    `seen` is the digest of the content that was previewed, with the sections that the press wrote anew. What is not
    open to the audience is left out. After a communiqué a later version for the same audience is a correction and says
    why.

    Raises:
        Refused: the meeting is a rehearsal, the audience is wider than the meeting's, the language is unknown, nothing
            happened yet, the book has grown since the preview, nothing changed since the last version, a correction
            gives no reason, or the text contradicts the book without saying why.
    """
    with act(Kind.COMMUNIQUE_PUBLISHED, by=by, happened=happened) as entry:
        meeting = entry.lock(Meeting, meeting_id)
        within(by, meeting.body.book_id)
        refuse_rehearsal(meeting, _("Of a rehearsal nothing is published: it decides nothing."))
        refuse_unfit(meeting, language, access)
        drawn = compose(meeting, language, access)
        content = by_the_press(drawn, meeting, language, access, lock=True)
        if not content["sittings"]:
            raise Refused("nothing_happened", _("No sitting was opened yet, so there is nothing to publish."))
        if digest_of(content) != seen:
            raise Refused(
                "content_changed",
                _(
                    "The book has grown since you looked, and the text is no longer the one you saw. Nothing was "
                    "published. Read it again, then publish."
                ),
            )
        last = last_publication(meeting, language)
        same_audience = last_publication(meeting, language, access)
        corrects = same_audience if same_audience and must_correct(same_audience, correction_reason) else None
        if same_audience and same_audience.content_digest == seen:
            raise Refused("nothing_changed", _("This text is already published. Nothing was published twice."))
        refuse_found(in_communique(meeting, access, content, drawn), departs_because)
        publication = entry.create(
            Publication(
                body=meeting.body,
                meeting=meeting,
                kind=PublicationKind(str(content["kind"])),
                version=last.version + 1 if last else 1,
                language=language,
                title=content["title"],
                content=content,
                content_digest=seen,
                up_to=entry.book.head_number,
                access=Access(access),
                correction_of=corrects,
                correction_reason=correction_reason.strip() if corrects else "",
                departs_because=departs_because.strip(),
                published=entry.when,
            )
        )
        entry.record(
            subjects=[publication, meeting],
            access=publication.access,
            scope=meeting,
            facts={
                "title": publication.title,
                "kind": str(publication.kind),
                "version": publication.version,
                "language": language,
                "audience": str(publication.access),
                "content_digest": seen,
                "up_to": publication.up_to,
                "corrects": corrects.version if corrects else None,
                "correction_reason": publication.correction_reason,
                "departs_because": publication.departs_because,
            },
        )
        PressDraft.objects.filter(meeting=meeting, language=language, access=access).delete()
    return publication


def refuse_unfit(meeting: Meeting, language: str, access: str) -> None:
    """Refuse an audience wider than the meeting's, and a language in which Hemicycle does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Refused("no_such_language", _("Choose one of the languages offered."), status=422, field="language")
    if access not in WIDTH:
        raise Refused("no_such_audience", _("Choose one of the audiences offered."), status=422, field="access")
    if WIDTH[Access(access)] > WIDTH[Access(meeting.access)]:
        raise Refused(
            "wider_than_meeting",
            _("The meeting is for %(audience)s alone, so nothing about it can be published more widely.")
            % {"audience": audience(meeting.access)},
            status=422,
            field="access",
        )


def must_correct(last: Publication, reason: str) -> bool:
    """Say whether a version corrects the last one for the same audience; refuse a correction that says not why.

    After a daily report, the report of a later day or the communiqué corrects nothing unless a reason is given.
    """
    if last.kind == PublicationKind.COMMUNIQUE and not reason.strip():
        raise Refused(
            "no_reason",
            _("Version %(version)d is published. A later version is a correction: say what is corrected.")
            % {"version": last.version},
            status=422,
            field="correction_reason",
        )
    return bool(reason.strip())
