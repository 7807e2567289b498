"""What is sent about sources and archived meetings. Forms only parse."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import global_settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.access import Access
from hemicycle.archive.fields import FIELDS
from hemicycle.archive.models import ArchivedMeeting, ArchivedReport, Source
from hemicycle.archive.queries.files import TAKEN
from hemicycle.bodies.models import Body, Unit
from hemicycle.meetings.queries.files import largest

OPEN_TO = [
    (Access.PUBLIC, gettext_lazy("everybody")),
    (Access.ORGANISATION, gettext_lazy("the organisation")),
    (Access.BODY, gettext_lazy("the body")),
    (Access.DESK, gettext_lazy("the desk alone")),
]
NEW, APART = "new", "apart"


class ManyFiles(forms.ClearableFileInput):
    """A field of a page that takes many files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Many files. An empty one is refused by the act, with the rest of what is wrong with files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        """Return every file."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class SourceForm(forms.Form):
    """Pages to store."""

    pages = ManyFilesField(
        label=gettext_lazy("Pages"),
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": ",".join(TAKEN)}),
        error_messages={"required": gettext_lazy("Choose at least one file.")},
    )
    home = forms.ChoiceField(label=gettext_lazy("Kept by"))
    access = forms.ChoiceField(label=gettext_lazy("Open to"), choices=OPEN_TO, initial=Access.ORGANISATION)
    origin = forms.CharField(
        label=gettext_lazy("Where they were found"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example an address on the web, or a shelf."),
    )
    licence = forms.CharField(
        label=gettext_lazy("What may be done with them"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example: public domain, or quoted for research."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("as the reader finds it")), *global_settings.LANGUAGES],
    )

    def __init__(self, *args: Any, homes: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = list(homes)  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["pages"].help_text = _(
            "As many as you like: text, saved web pages, PDF, Word, Markdown, scans; together at most %(most)d MB."
        ) % {"most": largest() // 1_000_000}


class KeyForm(forms.Form):
    """A key for a program."""

    home = forms.ChoiceField(label=gettext_lazy("It adds pages to"))
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Give the key a name by which you know it again.")},
        help_text=gettext_lazy("By which you know it again, such as the machine that will use it."),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, homes: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].choices = list(homes)  # type: ignore[attr-defined]  # it is a ChoiceField


class AddForm(forms.Form):
    """A fact that the machine missed."""

    field = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[(name, one.label) for name, one in FIELDS.items()]
    )
    value = forms.CharField(label=gettext_lazy("What the page states"), max_length=2000)
    quote = forms.CharField(
        label=gettext_lazy("The words of the page"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Copy them from the page. Without them the fact is marked as known from elsewhere."),
    )
    use_required_attribute = False


class ImportForm(forms.Form):
    """Where a reviewed reading goes: into which body's archive, and as a report of which meeting."""

    body = forms.ChoiceField(label=gettext_lazy("Body"))
    name = forms.CharField(label=gettext_lazy("Name, where the body is new"), required=False, max_length=200)
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("pk"),
        label=gettext_lazy("The unit of a new body"),
        required=False,
        empty_label=None,
    )
    meeting = forms.ChoiceField(label=gettext_lazy("It reports"))
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        bodies: Iterable[Body] = (),
        founds: bool = False,
        meetings: Iterable[tuple[ArchivedMeeting, bool]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(body.pk), body.name) for body in bodies]
        if founds:
            named.append((NEW, _("a new body, founded now")))
        else:
            del self.fields["name"], self.fields["unit"]
        ways = [(APART, _("a meeting that the archive does not have yet"))]
        ways += [
            (str(one.pk), _("a further report of: %(meeting)s, %(body)s") % {"meeting": one, "body": one.archive.body})
            for one, _alike in meetings
        ]
        self.fields["body"].choices = named  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["meeting"].choices = ways  # type: ignore[attr-defined]  # it is a ChoiceField


class WithdrawForm(forms.Form):
    """Which imports are taken back, and why."""

    reports = forms.MultipleChoiceField(
        label=gettext_lazy("Which imports"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one report.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why it is withdrawn.")},
        help_text=gettext_lazy("It stands in the archive's book, and on the page of a meeting that leaves the lists."),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, reports: Iterable[ArchivedReport] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unreviewed = _("%(meeting)s, from %(source)s, not reviewed")
        reviewed = _("%(meeting)s, from %(source)s")
        self.fields["reports"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (
                str(one.pk),
                (unreviewed if one.floor else reviewed) % {"meeting": one.meeting, "source": one.source.file_name},
            )
            for one in reports
        ]


class BulkForm(forms.Form):
    """Which readings go in unreviewed, and from which confidence on."""

    floor = forms.TypedChoiceField(
        label=gettext_lazy("From which confidence on"),
        coerce=int,
        choices=[(60, "60 %"), (70, "70 %"), (80, "80 %"), (90, "90 %")],
        initial=80,
        help_text=gettext_lazy("What the reader is less sure of stays out. The facts are marked as not reviewed."),
    )
    sources = forms.MultipleChoiceField(
        label=gettext_lazy("Which sources"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one source.")},
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I know that nobody has reviewed these facts"),
        error_messages={"required": gettext_lazy("Say that you know it, or review the sources one by one.")},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, sources: Iterable[Source] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sources"]
        field.choices = [(str(one.pk), one.reading.title or one.file_name) for one in sources]  # type: ignore[attr-defined]  # it is a choice field
