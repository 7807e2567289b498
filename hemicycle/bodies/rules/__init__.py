"""What holds for bodies and units: shares, rules of procedure and their presets, who stands under whom. Pure."""

from hemicycle.bodies.rules.elections import Breaks, Counting, Elections, Reserved, Sole
from hemicycle.bodies.rules.presets import PRESETS
from hemicycle.bodies.rules.procedure import (
    STANDARD_MOTIONS,
    Basis,
    Budgets,
    Effect,
    Preset,
    ProceduralMotion,
    Question,
    QuorumLost,
    QuorumOf,
    SecondCall,
    SpeakFirst,
    Ties,
    Unconnected,
    faults_in,
    majority_for,
    may_certify_alone,
    quorum_share,
)
from hemicycle.bodies.rules.shares import HALF, Base, Share, Threshold
from hemicycle.bodies.rules.spans import Span, most_at_once, overlap
from hemicycle.bodies.rules.units import would_cycle
from hemicycle.bodies.rules.weighing import ProxyHolders, SecondBy, counted_twice, threshold_read

__all__ = [
    "HALF",
    "PRESETS",
    "STANDARD_MOTIONS",
    "Base",
    "Basis",
    "Breaks",
    "Budgets",
    "Counting",
    "Effect",
    "Elections",
    "Preset",
    "ProceduralMotion",
    "ProxyHolders",
    "Question",
    "QuorumLost",
    "QuorumOf",
    "Reserved",
    "SecondBy",
    "SecondCall",
    "Share",
    "Sole",
    "Span",
    "SpeakFirst",
    "Threshold",
    "Ties",
    "Unconnected",
    "counted_twice",
    "faults_in",
    "majority_for",
    "may_certify_alone",
    "most_at_once",
    "overlap",
    "quorum_share",
    "threshold_read",
    "would_cycle",
]
