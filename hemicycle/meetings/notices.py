"""Who is written to because of an entry, and what the mail says besides the notice itself."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.models import Person
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.models import MailSent, Meeting, Summons
from hemicycle.meetings.models.mandates import AlternateCall
from hemicycle.meetings.queries.notice import concerned
from hemicycle.meetings.words import Kind

CHANGES = {
    Kind.MEETING_SUMMONED,
    Kind.MEETING_MOVED,
    Kind.MEETING_CANCELLED,
    Kind.SITTING_PLANNED,
    Kind.SITTING_MOVED,
    Kind.SITTING_DROPPED,
}
TELLING = CHANGES | {Kind.SUMMONS_ANSWERED, Kind.DELEGATES_NAMED}
FIRST, CALLED, FREED = "first", "called", "freed"
SUBJECTS = {
    FIRST: gettext_lazy("%(body)s: notice of %(meeting)s"),
    Summons.What.NOTICE: gettext_lazy("%(body)s: new notice of %(meeting)s"),
    Summons.What.CHANGE: gettext_lazy("%(body)s: change of %(meeting)s"),
    Summons.What.CANCELLATION: gettext_lazy("%(body)s: %(meeting)s is cancelled"),
    CALLED: gettext_lazy("%(body)s: you are called to %(meeting)s"),
    FREED: gettext_lazy("%(body)s: you are not called to %(meeting)s any more"),
}


@dataclass(frozen=True)
class Notice:
    """A summons and whom an entry has it sent to; of an alternate also for whom they are called, or were."""

    summons: Summons
    people: QuerySet[Person]
    what: str
    call: AlternateCall | None = None

    @property
    def meeting(self) -> Meeting:
        """The meeting that it is about."""
        return self.summons.meeting

    def subject(self) -> str:
        """Return the subject of the mail."""
        said = SUBJECTS[self.what] % {"body": self.meeting.body.name, "meeting": str(self.meeting)}
        return " ".join(said.split())

    def news(self, entry: Entry) -> str:
        """Return what has changed, as the book tells it; of a notice its own text says so."""
        if self.call:
            said = {"name": self.call.stands_for.name, "meeting": str(self.meeting)}
            if self.what == CALLED:
                return _("You are called to %(meeting)s in place of %(name)s, who cannot come.") % said
            return _("%(name)s comes after all, so you are not called in their place any more.") % said
        return "" if self.summons.what == Summons.What.NOTICE else sentence(entry)


def notices_of(entry: Entry) -> list[Notice]:
    """Return what an entry has sent. A change of which no notice was given before concerns nobody."""
    if entry.kind in CHANGES:
        found = Summons.objects.filter(pk__in=keys(entry, "summons")).select_related(*WITH_MEETING).first()
        return [Notice(found, concerned(found.meeting), found.what if found.sequence > 1 else FIRST)] if found else []
    meetings = keys(entry, "meeting")
    last = Summons.objects.filter(meeting__in=meetings, what=Summons.What.NOTICE).order_by("-sequence")
    given = last.select_related(*WITH_MEETING).first()
    if given is None or given.meeting.cancelled or given.meeting.closed:
        return []
    if entry.kind == Kind.DELEGATES_NAMED:
        told = MailSent.objects.filter(entry__concerns__name=subject(given.meeting)).exclude(entry=entry)
        named = Person.objects.filter(mandates__call__in=keys(entry, "mandatecall")).exclude(
            pk__in=told.values("person")
        )
        return [Notice(given, named.distinct().order_by("pk"), FIRST)]
    calls = AlternateCall.objects.filter(pk__in=keys(entry, "alternatecall")).select_related("stands_for")
    return [
        Notice(given, Person.objects.filter(pk=call.alternate_id), FREED if call.withdrawn else CALLED, call)
        for call in calls.order_by("pk")
    ]


WITH_MEETING = ("meeting__body__book", "meeting__term")


def keys(entry: Entry, noun: str) -> list[int]:
    """Return the keys of what an entry concerns, of one noun."""
    return [int(name.partition(":")[2]) for name in entry.subjects if name.startswith(f"{noun}:")]
