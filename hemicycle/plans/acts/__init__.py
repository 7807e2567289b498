"""Acts on plans: periods and indicators are planned, targets set by decision and shared out, figures reported on."""

from hemicycle.plans.acts.grouping import dissolve_peers, form_peers
from hemicycle.plans.acts.importing import import_figures, try_figures, withdraw_figures
from hemicycle.plans.acts.planning import (
    NewIndicator,
    NewPeriod,
    close_period,
    define_indicator,
    plan_period,
    redefine_indicator,
)
from hemicycle.plans.acts.reporting import NewFigure, dispute_figure, report_figure, review_figure
from hemicycle.plans.acts.setting import Share, allocate_shares, set_target
from hemicycle.plans.acts.telling import tell_method

__all__ = [
    "NewFigure",
    "NewIndicator",
    "NewPeriod",
    "Share",
    "allocate_shares",
    "close_period",
    "define_indicator",
    "dispute_figure",
    "dissolve_peers",
    "form_peers",
    "import_figures",
    "plan_period",
    "redefine_indicator",
    "report_figure",
    "review_figure",
    "set_target",
    "tell_method",
    "try_figures",
    "withdraw_figures",
]
