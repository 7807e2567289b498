"""What the desk types to convene a meeting: when it sits, each day alike or by lines of their own."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms import ACCESS_LABELS, MEETS, day, hour, written

LONGEST_MEETING = timedelta(days=60)
MOST_SITTINGS = 200
MOST_ITEMS, LONGEST_TITLE = 100, 500
LINE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[\s,]+(\d{1,2}):(\d{2})\s*(?:-|–|—|to|\s)\s*(\d{1,2}):(\d{2})")
Hours = tuple[datetime, datetime]


class ConveneForm(HappenedForm):
    """A meeting: one or two sittings on each of its days, or those written down one by one, and its first agenda."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of meeting"), choices=MEETS, initial="ordinary")
    enlarged = forms.BooleanField(label=gettext_lazy("Enlarged by invited participants"), required=False)
    starts = day(gettext_lazy("First day"))
    ends = day(gettext_lazy("Last day"))
    ends.required, ends.help_text = False, gettext_lazy("Empty for a meeting of one day.")
    opens = hour(gettext_lazy("Sits each day from"), time(9))
    closes = hour(gettext_lazy("until"), time(17))
    opens_again = hour(
        gettext_lazy("and again from"),
        hint=gettext_lazy("Only where it sits twice a day, in the morning and in the afternoon."),
    )
    closes_again = hour(gettext_lazy("until"))
    differs = written(
        gettext_lazy("Days on which it sits at other hours"),
        rows=3,
        required=False,
        most=10_000,
        hint=gettext_lazy(
            "One sitting on each line, like 2026-03-04 09:00–12:30. For the days named here these lines count alone."
        ),
    )
    title = written(
        gettext_lazy("Title"), required=False, most=200, hint=gettext_lazy("Without one it is called by its number.")
    )
    purpose = written(gettext_lazy("Purpose"), rows=3, required=False)
    place = written(gettext_lazy("Place"), required=False, most=200)
    access = forms.ChoiceField(label=gettext_lazy("Open to"), choices=ACCESS_LABELS)
    rehearsal = forms.BooleanField(
        label=gettext_lazy("This is a rehearsal: nothing is decided in it"),
        required=False,
        help_text=gettext_lazy(
            "Everything goes as in a meeting and is marked on every page. Only the body and those who take part see "
            "it; no result is certified or published, and it takes no number from a meeting."
        ),
    )
    items = written(
        gettext_lazy("Agenda"),
        rows=4,
        required=False,
        hint=gettext_lazy("One item on each line. It can be changed until the meeting adopts it."),
    )

    def clean_items(self) -> list[str]:
        """Return the titles of the items, in order."""
        titles = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        if len(titles) > MOST_ITEMS or any(len(title) > LONGEST_TITLE for title in titles):
            said = {"most": MOST_ITEMS, "longest": LONGEST_TITLE}
            raise forms.ValidationError(
                _("An agenda begins with at most %(most)d items, each with at most %(longest)d letters.") % said
            )
        if twice := next((title for n, title in enumerate(titles) if title in titles[:n]), None):
            raise forms.ValidationError(_("“%(title)s” stands there twice. Once is enough.") % {"title": twice})
        return titles

    def clean_differs(self) -> list[Hours]:
        """Return the sittings that are written down one by one."""
        lines = [line.strip() for line in self.cleaned_data["differs"].splitlines() if line.strip()]
        if len(lines) > MOST_SITTINGS:
            raise forms.ValidationError(_("That is more than %(most)d sittings.") % {"most": MOST_SITTINGS})
        return [self.hours(number, line) for number, line in enumerate(lines, 1)]

    def hours(self, number: int, line: str) -> Hours:
        """Return the hours on a line."""
        found = LINE.fullmatch(line)
        try:
            parts = [int(part) for part in found.groups()] if found else []
            first = date(*parts[:3])
            opens, closes = time(parts[3], parts[4]), time(parts[5], parts[6])
        except (ValueError, TypeError, IndexError):
            raise forms.ValidationError(
                _("Line %(number)d cannot be read: “%(line)s”. Write a day and two times, like 2026-03-04 09:00–12:30.")
                % {"number": number, "line": line[:60]}
            ) from None
        return datetime.combine(first, opens, self.zone), datetime.combine(first, closes, self.zone)

    def clean(self) -> dict[str, Any]:
        """Refuse a span of days that nobody can mean, and half a second sitting; without a last day it has one day."""
        cleaned = super().clean()
        if "ends" not in self.errors:
            cleaned["ends"] = cleaned.get("ends") or cleaned.get("starts")
        first, last = cleaned.get("starts"), cleaned.get("ends")
        if first and last and last - first > LONGEST_MEETING:
            self.add_error("ends", _("A meeting lasts at most %(days)d days.") % {"days": LONGEST_MEETING.days})
        if bool(cleaned.get("opens_again")) != bool(cleaned.get("closes_again")):
            self.add_error("opens_again", _("Say from when until when it sits again, or leave both empty."))
        return cleaned

    def sittings(self) -> list[Hours]:
        """Return the planned sittings at the body's place: those written down, and the usual ones on other days."""
        typed = self.cleaned_data
        first: date = typed["starts"]
        written_down: list[Hours] = typed["differs"]
        named = {start.date() for start, _end in written_down}
        usual = [(typed["opens"], typed["closes"])]
        if typed["opens_again"]:
            usual.append((typed["opens_again"], typed["closes_again"]))
        days = [first + timedelta(days=n) for n in range((typed["ends"] - first).days + 1)]
        return written_down + [
            (datetime.combine(one, opens, self.zone), datetime.combine(one, closes, self.zone))
            for one in days
            if one not in named
            for opens, closes in usual
        ]
