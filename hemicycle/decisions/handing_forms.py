"""What is sent where tasks are handed out: to one unit, to every unit of a level or kind, or in parts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from hemicycle.bodies.models import Unit
from hemicycle.decisions.forms import NOT_THIS_UNIT, due_day, named, said
from hemicycle.decisions.models import Aim, Directive
from hemicycle.decisions.rollup.forms import AimForm

# Before the kind of a body where units are chosen by it; no level begins so.
OF_KIND = "having: "
ABOUT_MANNER = ("sector", "priority", "evidence_asked", "co_units")


class HandingForm(AimForm):
    """What every task that is handed out says, whoever gets it."""

    text = said(_("What is to be done"), _("Say what is to be done."), rows=4)
    due = due_day(_("Due"))
    sector = forms.CharField(label=_("Sector"), required=False, max_length=100)
    priority = forms.BooleanField(label=_("It is urgent"), required=False)
    evidence_asked = forms.CharField(
        label=_("What shows that it is done"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    co_units = forms.TypedMultipleChoiceField(
        label=_("Units that help"), required=False, coerce=int, error_messages={"invalid_choice": NOT_THIS_UNIT}
    )

    def __init__(self, *args: Any, units: Iterable[Unit], sectors: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = named(units)
        self.fields["co_units"].choices = self.choices  # type: ignore[attr-defined]  # it is a field of choices
        self.fields["sector"].widget.attrs["list"] = "sectors"
        self.sectors = sectors

    @property
    def manner(self) -> dict[str, Any]:
        """How it is to be done, as the acts that hand out tasks take it."""
        sent = self.cleaned_data
        return {
            "sector": sent["sector"],
            "priority": Directive.Priority.URGENT if sent["priority"] else Directive.Priority.ORDINARY,
            "evidence_asked": sent["evidence_asked"],
            "co_unit_ids": sent["co_units"],
        }


class DirectiveForm(HandingForm):
    """A task for one unit."""

    responsible_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Responsible unit"),
        empty_label=_("Choose a unit"),
        error_messages={
            "required": _("Choose the one unit that is responsible."),
            "invalid_choice": NOT_THIS_UNIT,
        },
    )
    access = forms.ChoiceField(
        label=_("Who can read of it"), required=False, help_text=_("Its unit and those that help always can.")
    )

    def __init__(self, *args: Any, units: Any, audiences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, units=units, **kwargs)
        self.fields["access"].choices = audiences  # type: ignore[attr-defined]  # it is a field of choices
        self.fields["responsible_unit"].queryset = units  # type: ignore[attr-defined]  # it is a ModelChoiceField
        self.order_fields(["responsible_unit"])


class LevelForm(HandingForm):
    """The same task for every unit of a level, or for every one that has a body of a kind."""

    level = forms.ChoiceField(label=_("Every unit"))
    through = forms.BooleanField(
        label=_("Through the units between"),
        required=False,
        help_text=_("Each unit above them gets the whole of what stands below it; reports come together there."),
    )

    def __init__(
        self,
        *args: Any,
        levels: Sequence[tuple[str, int]],
        kinds: Sequence[tuple[str, int]] = (),
        headless: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if headless:
            self.fields["through"].disabled = True
            self.fields["through"].help_text = _(
                "%(unit)s would have the whole, and nobody heads it who could receive it and close the parts. Give "
                "somebody that post first."
            ) % {"unit": headless}
        of_level = [(level, f"{level} ({count})") for level, count in levels]
        of_kind = [(f"{OF_KIND}{kind}", f"{kind} ({count})") for kind, count in kinds]
        groups = [(_("of the level"), of_level), (_("that has a body of the kind"), of_kind)]
        self.fields["level"] = forms.ChoiceField(label=_("Every unit"), choices=[one for one in groups if one[1]])
        self.fields["co_units"].help_text = _("They help each of these units.")
        self.order_fields(["level", "through"])

    @property
    def addressed(self) -> tuple[str, str]:
        """Whom the act addresses: the units of a level, or those that have a body of a kind; the other is empty."""
        chosen: str = self.cleaned_data["level"]
        return ("", chosen.removeprefix(OF_KIND)) if chosen.startswith(OF_KIND) else (chosen, "")


class PartsForm(HandingForm):
    """The parts into which a directive is broken down: the same for each of the units chosen."""

    units = forms.TypedMultipleChoiceField(
        label=_("To these units"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit."), "invalid_choice": NOT_THIS_UNIT},
    )

    def __init__(self, *args: Any, over: Aim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = self.choices  # type: ignore[attr-defined]  # it is a field of choices
        self.fields["text"].label = _("What each of them is to do")
        self.fields["co_units"].help_text = _("They help each of these units.")
        self.order_fields(["units"])
        self.over = over
        if over:
            self.ask_of_each(over, self.choices)

    @property
    def own(self) -> list[BoundField]:
        """The fields of the act, without those that are as in the whole until somebody changes them."""
        return [field for field in super().own if field.name not in ABOUT_MANNER]

    @property
    def about_manner(self) -> list[BoundField]:
        """What each part has from the whole, and may have otherwise."""
        return [self[name] for name in ABOUT_MANNER]

    @property
    def manner_open(self) -> bool:
        """Whether something of it was changed, or is wrong, and so is shown."""
        if not self.is_bound:
            return False
        wrong = any(field.errors for field in self.about_manner)
        return wrong or any(name in self.changed_data for name in ABOUT_MANNER)
