"""A figure that a directive is to ask for."""

from dataclasses import dataclass

from hemicycle.decisions.models import Aim, Directive


@dataclass(frozen=True)
class NewAim:
    """A figure that is asked for, in steps of its last place. See the model for what each means."""

    rule: str
    measure: str = ""
    places: int = 0
    target: int | None = None
    target_of: int | None = None
    milestone: str = ""
    weight: int | None = None
    every: str = ""
    grace: int = 15

    def of(self, directive: Directive) -> Aim:
        """Return it as the aim of a directive."""
        return Aim(
            directive=directive,
            rule=str(self.rule),
            measure=self.measure.strip(),
            places=self.places,
            target=self.target,
            target_of=self.target_of,
            milestone=self.milestone.strip(),
            weight=self.weight,
            every=str(self.every),
            grace=self.grace,
        )
