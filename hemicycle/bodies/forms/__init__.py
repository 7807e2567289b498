"""What is typed about bodies and units. Forms only parse; what holds is asked by the acts."""

from hemicycle.bodies.forms.founding import EndUnitForm, FoundBodyForm, FoundUnitForm, MoveUnitForm
from hemicycle.bodies.forms.holding import (
    BeginTermForm,
    ChangePostForm,
    CreatePostForm,
    EndPostForm,
    EndTermForm,
    GivePostForm,
)
from hemicycle.bodies.forms.procedure import RulesForm

__all__ = [
    "BeginTermForm",
    "ChangePostForm",
    "CreatePostForm",
    "EndPostForm",
    "EndTermForm",
    "EndUnitForm",
    "FoundBodyForm",
    "FoundUnitForm",
    "GivePostForm",
    "MoveUnitForm",
    "RulesForm",
]
