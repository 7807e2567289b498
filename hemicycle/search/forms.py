"""What is asked of the index."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.journal.models import Book

KINDS = {
    "meeting": _("Meetings"),
    "agendaitem": _("Items of agendas"),
    "report": _("Reports"),
    "document": _("Documents"),
    "motion": _("Motions"),
    "decision": _("Decisions"),
    "directive": _("Tasks"),
    "olddecision": _("Old decisions"),
    "publication": _("Publications"),
    "minutes": _("Minutes"),
    "archivedmeeting": _("Archived meetings"),
    "archivedtask": _("Tasks in archived reports"),
    "archiveddecision": _("Decisions in archived reports"),
    "criticism": _("Criticism in archived reports"),
    "passage": _("Other passages of archived reports"),
    "teaser": _("Teasers on archived pages"),
    "indicator": _("Indicators of plans"),
}


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of things that can be found, with no choice first."""
    nouns = settings.HEMICYCLE_SEARCHABLE
    return [("", gettext("everything")), *((noun, str(KINDS.get(noun, noun))) for noun in nouns)]


class SearchForm(forms.Form):
    """Words, and what narrows them. A value that cannot be read narrows nothing."""

    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=kinds, required=False)
    body = forms.ModelChoiceField(
        Book.objects.filter(noun="body").order_by("pk"), label=_("Body"), empty_label=_("all bodies"), required=False
    )
    term = forms.IntegerField(label=_("Term"), required=False, min_value=1, max_value=9999)
    sector = forms.CharField(label=_("Sector"), required=False, max_length=200)
    person = forms.CharField(label=_("Person"), required=False, max_length=200)
    office = forms.CharField(label=_("In which office"), required=False, max_length=200)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1, max_value=9999)
    page = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    use_required_attribute = False
