"""What the desk sends about a ballot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.journal.act import Happened, Refused
from hemicycle.journal.forms import HappenedForm


class OpenForm(HappenedForm):
    """The question of a ballot, and whether it is for practice."""

    question = forms.CharField(label=_("Question"), required=False, max_length=500)
    practice = forms.BooleanField(label=_("For practice: nothing is decided"), required=False)


class ReasonForm(HappenedForm):
    """Why a ballot is voided or its votes are counted again."""

    reason = forms.CharField(label=_("Reason"), max_length=500, error_messages={"required": _("Say why.")})


class ResultForm(HappenedForm):
    """The count that is declared or certified: the one that was looked at, not a later one."""

    result = forms.IntegerField(widget=forms.HiddenInput)


def stated(form: HappenedForm) -> Happened | None:
    """Return when it happened by a form that was sent.

    Raises:
        Refused: something in the form cannot be understood; its first sentence about that is the refusal's.
    """
    if not form.is_valid():
        field, sentences = next(iter(form.errors.items()))
        raise Refused("form_not_understood", str(sentences[0]), status=422, field=field)
    return form.stated
