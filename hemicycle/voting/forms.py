"""What the desk sends about a ballot."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.journal.act import Happened, Refused
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms import PersonField, day, written
from hemicycle.voting.bundles import Unread, bundles_in
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import COUNTED_BY_TELLERS, IN_SECRET, IN_THE_BOX, Ballot, Choice, Method, StruckCard
from hemicycle.voting.papers import Form


class OpenForm(HappenedForm):
    """The question of a ballot."""

    question = forms.CharField(label=_("Question"), required=False, max_length=500)


IN_THE_HALL = [choice for choice in Method.choices if choice[0] not in {Method.CIRCULATION, Method.UNCONTESTED}]


NO_PAPERS = frozenset({Method.HANDS, Method.CONSENT, Method.ROLL_CALL})


def ways(choices: Sequence[tuple[str, Any]], initial: str) -> forms.ChoiceField:
    """Return the field for how something is voted on."""
    return forms.ChoiceField(label=_("How"), choices=choices, widget=forms.RadioSelect, initial=initial)


class AnywayForm(HappenedForm):
    """A form that opens a vote; where the rules ask for it, the desk says that it goes on without everybody."""

    anyway = forms.BooleanField(label=_("Go on, even if somebody who may vote is not connected"), required=False)

    def __init__(self, *args: Any, said: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anyway = self.fields.pop("anyway")
        if said:
            self.fields["anyway"] = anyway  # The last of what is asked.


class AskForm(AnywayForm):
    """How a motion, or an amendment to it, is decided."""

    method = ways(IN_THE_HALL, Method.HANDS)
    question = forms.CharField(
        label=_("Question"), required=False, max_length=500, help_text=_("Without one it is asked by the title.")
    )

    def __init__(self, *args: Any, secret: bool = False, election: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if election:
            self.fields["method"] = ways(on_papers(IN_THE_HALL), Method.NAMED)
        if secret:
            self.fields["method"] = ways([one for one in IN_THE_HALL if one[0] in IN_SECRET], Method.PAPER)


def on_papers(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return those ways of voting that have papers, as an election asks for."""
    return [one for one in choices if one[0] not in NO_PAPERS]


class PractiseForm(HappenedForm):
    """How voting is practised; on the papers of an election there is no roll call."""

    PRACTISED = tuple(one for one in IN_THE_HALL if one[0] in IN_THE_BOX)
    method = ways(PRACTISED, Method.NAMED)

    def __init__(self, *args: Any, election: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if election:
            self.fields["method"] = ways(on_papers(self.PRACTISED), Method.NAMED)


class ConsentAgendaForm(HappenedForm):
    """To which of the motions on items to come nobody objects."""

    agreed = forms.MultipleChoiceField(label=_("Nobody objects to"), widget=forms.CheckboxSelectMultiple)
    objector = forms.CharField(
        label=_("Who objected to what is not ticked"),
        required=False,
        max_length=200,
        help_text=_("One objection takes an item out; it comes to its turn."),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["agreed"] = forms.MultipleChoiceField(
            label=_("Nobody objects to"),
            choices=offered,
            initial=[key for key, _label in offered],
            widget=forms.CheckboxSelectMultiple,
        )

    def decided(self) -> dict[str, Any]:
        """What the act takes."""
        agreed = [int(key) for key in self.cleaned_data["agreed"]]
        out = [int(key) for key, _label in self.offered if int(key) not in agreed]
        return {"motions": agreed, "taken_out": out, "objector": self.cleaned_data["objector"]}


def counted(label: Any, initial: int | None = None) -> forms.IntegerField:
    """Return a field for a number of votes."""
    return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, initial=initial)


class CountForm(HappenedForm):
    """What tellers counted."""

    votes_for = counted(_("For"))
    against = counted(_("Against"), 0)
    abstained = counted(_("Abstained"), 0)
    tellers = forms.CharField(
        label=_("Tellers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name on each line."),
    )

    def hands(self) -> Hands:
        """What was counted, for the acts."""
        typed = self.cleaned_data
        return Hands(typed["votes_for"], typed["against"], typed["abstained"], names_in(typed.get("tellers", "")))


class PapersForm(HappenedForm):
    """What tellers counted of an election's papers."""

    papers = forms.CharField(
        label=_("Papers"),
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "One line for all papers that say the same: how many, a colon, and the numbers of the names, as "
            "“12: 2>1>4” for a ranking, “12: 1+4” for marks, “12: 1y 2n” for yes and no, “12:” for blank papers. A "
            "BLT file can be pasted as it is."
        ),
    )
    tellers = CountForm.base_fields["tellers"]

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot

    def clean_papers(self) -> dict[str, int]:
        """Read the papers, each as it can be counted in this ballot."""
        try:
            return bundles_in(
                self.cleaned_data["papers"], self.ballot.form, self.ballot.options.count(), self.ballot.most
            )
        except Unread as wrong:
            said = _("Line %(line)d cannot be counted: “%(text)s”. Nothing was entered.")
            raise forms.ValidationError(said % {"line": wrong.line, "text": wrong.text}) from wrong

    def hands(self) -> Papers:
        """What was counted, for the acts."""
        typed = self.cleaned_data
        return Papers(typed["papers"], names_in(typed.get("tellers", "")))


class PapersAgainForm(PapersForm):
    """What tellers counted anew of an election's papers, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, error_messages={"required": _("Say why.")})


def names_in(typed: str) -> tuple[str, ...]:
    """Return the names on the lines of a field."""
    return tuple(name.strip() for name in typed.splitlines() if name.strip())


def counting_form(*args: Any, ballot: Ballot, **kwargs: Any) -> HappenedForm:
    """Return the form for what tellers counted: hands or papers on a motion, or papers of an election."""
    if ballot.form == Form.MOTION:
        return CountForm(*args, **kwargs)
    return PapersForm(*args, ballot=ballot, **kwargs)


def recounting_form(*args: Any, ballot: Ballot, **kwargs: Any) -> HappenedForm:
    """Return the same for what they counted anew."""
    if ballot.form == Form.MOTION:
        return RecountForm(*args, **kwargs)
    return PapersAgainForm(*args, ballot=ballot, **kwargs)


class TellersForm(HappenedForm):
    """Who the tellers were."""

    tellers = CountForm.base_fields["tellers"]

    def names(self) -> tuple[str, ...]:
        """The names that were typed."""
        return names_in(self.cleaned_data["tellers"])


class RecountForm(CountForm):
    """What tellers counted anew, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, error_messages={"required": _("Say why.")})


class ObjectionForm(HappenedForm):
    """Who objects."""

    objector = forms.CharField(label=_("Who objects"), required=False, max_length=200)


class CastingForm(HappenedForm):
    """The chair's casting vote."""

    choice = forms.ChoiceField(
        label=_("The casting vote is"),
        choices=[(Choice.FOR, _("for")), (Choice.AGAINST, _("against"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, tied: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tied:
            self.fields["choice"] = forms.ChoiceField(
                label=_("The casting vote is for"), choices=tied, widget=forms.RadioSelect
            )


class DissentForm(HappenedForm):
    """A dissent that is minuted."""

    person = PersonField(label=_("Whose dissent"), max_length=200)
    text = forms.CharField(
        label=_("In their words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ProcedureForm(HappenedForm):
    """A procedural motion from the table of the rules."""

    name = forms.ChoiceField(label=_("What is moved"), widget=forms.RadioSelect)
    mover = forms.CharField(label=_("Moved by"), required=False, max_length=200)
    about = forms.CharField(
        label=_("In more detail"),
        required=False,
        max_length=500,
        help_text=_("For example: until when to suspend, or which ruling is appealed."),
    )

    def __init__(self, *args: Any, known: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.ChoiceField(label=_("What is moved"), choices=known, widget=forms.RadioSelect)


class DecideForm(HappenedForm):
    """What the meeting made of a procedural motion."""

    objected = forms.BooleanField(
        label=_("Somebody objects, so it was voted on"), required=False, help_text=_("Else nobody objected.")
    )
    votes_for = forms.IntegerField(label=_("For"), required=False, min_value=0, max_value=1_000_000)
    against = forms.IntegerField(label=_("Against"), required=False, min_value=0, max_value=1_000_000)
    abstained = forms.IntegerField(label=_("Abstained"), required=False, min_value=0, max_value=1_000_000)

    def hands(self) -> Hands | None:
        """What was counted, None where nobody objected."""
        typed = self.cleaned_data
        if not typed["objected"]:
            return None
        return Hands(typed["votes_for"] or 0, typed["against"] or 0, typed["abstained"] or 0)

    def clean(self) -> dict[str, Any]:
        """Hold that counts come with an objection, and an objection with counts."""
        cleaned = super().clean()
        counts = [cleaned.get(name) for name in ("votes_for", "against", "abstained")]
        if any(count is not None for count in counts) and not cleaned.get("objected") and not self.errors:
            self.add_error("objected", _("Counts are entered where somebody objected. Tick it, or leave them empty."))
        if cleaned.get("objected") and not any(counts) and not self.errors:
            self.add_error("votes_for", _("Enter what was counted."))
        return cleaned


class CirculateForm(HappenedForm):
    """A question for all members between meetings."""

    title = written(_("Title"), most=300)
    preamble = written(_("Preamble"), rows=4, required=False)
    until = day(_("To be answered until the end of"))


class DemandForm(HappenedForm):
    """A demand that the body meets."""

    person = PersonField(label=_("Who demands it"), max_length=200)
    because = written(_("Why, in a few words"), required=False, most=500)


class ReasonForm(HappenedForm):
    """Why a ballot is voided or its votes are counted again."""

    reason = forms.CharField(label=_("Reason"), max_length=500, error_messages={"required": _("Say why.")})


class StrikeForm(HappenedForm):
    """What a voter gets in place of their card."""

    instead = forms.ChoiceField(
        label=_("In its place"),
        choices=StruckCard.Instead.choices,
        widget=forms.RadioSelect,
        initial=StruckCard.Instead.CARD,
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class MoveForm(HappenedForm):
    """How a vote goes on without the box."""

    method = forms.ChoiceField(
        label=_("How"),
        choices=[choice for choice in Method.choices if choice[0] in COUNTED_BY_TELLERS],
        widget=forms.RadioSelect,
        initial=Method.PAPER,
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class RepeatForm(AnywayForm):
    """Why a vote is taken again."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, help_text=_("A tie that was declared needs none.")
    )


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
