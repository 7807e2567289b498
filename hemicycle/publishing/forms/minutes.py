"""What is sent about minutes: their texts, until when they are to be corrected, by which meeting they are approved."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import Meeting
from hemicycle.publishing.communique.blocks import section_named
from hemicycle.publishing.communique.written import as_text
from hemicycle.publishing.models import Minutes
from hemicycle.publishing.queries.minutes import later_meetings, votes_of
from hemicycle.voting.models import Result

ROWS_LEAST, ROWS_MOST = 3, 24


def departing() -> forms.CharField:
    """Return the field for why a text departs from the book."""
    return forms.CharField(
        label=gettext_lazy("Why it departs from the book"),
        help_text=gettext_lazy("Only where the text says something that the book tells otherwise."),
        max_length=500,
        required=False,
    )


class Beside(forms.IntegerField):
    """The number of the version that the page shows beside what was typed: after a refusal, the one that is newest."""

    widget = forms.HiddenInput

    def bound_data(self, _data: Any, initial: Any) -> Any:
        """Return what the form is shown with again."""
        return initial


class SeenForm(HappenedForm):
    """A form about minutes that knows which version it was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DrawUpForm(HappenedForm):
    """In which language minutes are drawn up."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the minutes"), choices=lambda: settings.LANGUAGES)


class TextsForm(SeenForm):
    """The sections of a content as plain text."""

    def __init__(self, *args: Any, content: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = list(content["sections"])
        for section in self.sections:
            text = as_text(section["blocks"])
            self.fields[text_field(section["name"])] = forms.CharField(
                label=section["heading"],
                initial=text,
                required=False,
                widget=forms.Textarea(attrs={"rows": rows(text)}),
            )

    @property
    def texts(self) -> dict[str, str]:
        """The texts that were changed, by the names of their sections. What was not sent, nobody was shown."""
        names = [section["name"] for section in self.sections]
        return {name: self.cleaned_data[text_field(name)] for name in names if self.rewrote(name)}

    def rewrote(self, section: str) -> bool:
        """Say whether a section was sent otherwise than it was shown."""
        field = text_field(section)
        shown = self.data.get(self.add_initial_prefix(field), self.fields[field].initial)
        return field in self.data and as_compared(self.data[field]) != as_compared(shown)


class DraftForm(TextsForm):
    """The sections of a communiqué, with how each was shown: while it is edited, the book can grow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in self.sections:
            self.fields[text_field(section["name"])].show_hidden_initial = True


class ReviseForm(TextsForm):
    """The sections of minutes, what was changed, and why the text departs from the book."""

    note = forms.CharField(label=gettext_lazy("What you changed"), max_length=500, required=False)
    departs_because = departing()


def as_compared(text: str) -> str:
    """Return a text as it is compared: browsers end lines in their own way."""
    return text.replace("\r\n", "\n").strip()


def text_field(section: str) -> str:
    """Return the name of the field with the text of a section."""
    return f"text_{section}"


def section_text(content: dict[str, Any], name: str) -> str:
    """Return a section of a content as plain text; nothing where there is none."""
    section = section_named(content, name)
    return as_text(section["blocks"]) if section else ""


def rows(text: str) -> int:
    """Return how many lines a field shows for a text."""
    lines = sum(1 + len(line) // 80 for line in text.splitlines())
    return max(ROWS_LEAST, min(ROWS_MOST, lines + 1))


class CirculateForm(SeenForm):
    """Until when corrections are asked for."""

    until = forms.DateField(
        label=gettext_lazy("Corrections until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Empty: until they are approved."),
        error_messages={"invalid": gettext_lazy("This is not a day. Write it like 2026-03-02.")},
    )
    departs_because = departing()


class CorrectionForm(SeenForm):
    """How a section should read, and why."""

    seen = Beside(min_value=0)
    text = forms.CharField(label=gettext_lazy("It should read"), widget=forms.Textarea(attrs={"rows": 12}))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


class TakeUpForm(SeenForm):
    """How a section reads once a correction is taken up."""

    seen = Beside(min_value=0)
    text = forms.CharField(label=gettext_lazy("The section then reads"), widget=forms.Textarea(attrs={"rows": 12}))
    departs_because = departing()


class VoteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's fields are no generics when they run
    """A vote, called by what it adopted."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the question with its counts."""
        said = {"title": obj.ballot.motion.title, "for": obj.votes_for, "against": obj.votes_against}
        return _("By a vote: “%(title)s”, %(for)d for, %(against)d against") % said


class ApproveForm(SeenForm):
    """By which later meeting minutes are approved, and by which vote."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=gettext_lazy("Approved by"), empty_label=None)
    result = VoteField(
        Result.objects.none(), label=gettext_lazy("How"), required=False, empty_label=gettext_lazy("Nobody objected")
    )

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = later_meetings(minutes)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]  # it is a ModelChoiceField
        self.fields["result"].queryset = votes_of(meetings)  # type: ignore[attr-defined]  # it is a ModelChoiceField
