"""The presets: rules of procedure that bodies of a kind usually begin with, to change later."""

from collections.abc import Mapping

from hemicycle.bodies.rules.procedure import Preset, Question, QuorumLost, QuorumOf, SecondCall, Ties
from hemicycle.bodies.rules.shares import HALF, Base, Share, Threshold

THIRD = Share(1, 3, strict=False)
QUARTER = Share(1, 4, strict=False)
TWO_THIRDS = Share(2, 3, strict=False)
THREE_QUARTERS = Share(3, 4, strict=False)
ANYBODY = Share(0, 1, strict=False)

OF_VALID = Threshold(TWO_THIRDS, Base.VALID)
# What most rules of procedure ask more for: to cut a debate short, to open again what was decided, to change the rules.
USUAL = {
    Question.CLOSE_DEBATE.value: OF_VALID,
    Question.RECONSIDER.value: OF_VALID,
    Question.AGENDA.value: OF_VALID,
    Question.RULES.value: OF_VALID,
}

PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "club",
            7,
            THIRD,
            HALF,
            Base.VALID,
            ("office", "election", "seniority"),
            quorum_presumed=True,
            quorum_wait_minutes=15,
            second_call=SecondCall(ANYBODY),
            majorities={Question.RULES.value: OF_VALID, Question.STATUTES.value: OF_VALID},
            casting_vote=True,
        ),
        Preset(
            "association",
            14,
            HALF,
            HALF,
            Base.VALID,
            ("office", "election"),
            notice_days_extraordinary=7,
            quorum_wait_minutes=30,
            second_call=SecondCall(ANYBODY, after_days=7),
            majorities={**USUAL, Question.STATUTES.value: Threshold(THREE_QUARTERS, Base.VALID)},
            alternates_in_order=True,
            two_persons_from=25,
            circulation_days=7,
        ),
        Preset(
            "union",
            14,
            HALF,
            HALF,
            Base.VALID,
            ("office", "authorization", "election"),
            notice_days_extraordinary=7,
            documents_days=7,
            quorum_of=QuorumOf.ACCREDITED,
            quorum_wait_minutes=30,
            quorum_lost=QuorumLost.SUSPEND,
            majorities={**USUAL, Question.STATUTES.value: OF_VALID},
            alternates_in_order=True,
            two_persons_from=25,
            circulation_days=14,
            circulation_demand=5,
        ),
        Preset(
            "council",
            7,
            HALF,
            HALF,
            Base.VALID,
            ("office", "seniority"),
            names_of_votes="public",
            notice_days_extraordinary=3,
            documents_days=5,
            quorum_of=QuorumOf.SEATS,
            quorum_presumed=True,
            quorum_wait_minutes=15,
            quorum_lost=QuorumLost.ADJOURN,
            second_call=SecondCall(THIRD, after_days=3),
            majorities={
                **USUAL,
                Question.PRIVATE.value: OF_VALID,
                Question.STATUTES.value: Threshold(HALF, Base.MEMBERS),
            },
            alternates_vote=False,
            casting_vote=True,
            documents_access="public",
            minutes_access="public",
            two_persons_from=15,
            circulation_allowed=False,
        ),
        Preset(
            "parliament",
            3,
            HALF,
            HALF,
            Base.VALID,
            ("office", "seniority"),
            names_of_votes="public",
            documents_days=2,
            quorum_of=QuorumOf.SEATS,
            quorum_presumed=True,
            quorum_lost=QuorumLost.SUSPEND,
            majorities={
                Question.AGENDA.value: Threshold(HALF, Base.VALID),
                Question.PRIVATE.value: OF_VALID,
                Question.RECONSIDER.value: OF_VALID,
                Question.ELECTION.value: Threshold(HALF, Base.MEMBERS),
                Question.STATUTES.value: Threshold(TWO_THIRDS, Base.MEMBERS),
            },
            remote_counts=False,
            alternates_vote=False,
            ties=Ties.LOST,
            documents_access="public",
            minutes_access="public",
            two_persons_from=15,
            circulation_allowed=False,
        ),
        Preset(
            "party",
            10,
            HALF,
            HALF,
            Base.MEMBERS,
            ("authorization", "office"),
            notice_days_extraordinary=5,
            documents_days=5,
            quorum_lost=QuorumLost.SUSPEND,
            majorities={
                Question.STATUTES.value: Threshold(TWO_THIRDS, Base.MEMBERS),
                Question.PROCEDURE.value: Threshold(HALF, Base.VALID),
                Question.AGENDA.value: Threshold(HALF, Base.VALID),
                Question.CLOSE_DEBATE.value: OF_VALID,
            },
            alternates_in_order=True,
            meetings_access="public",
            two_persons_from=25,
            circulation_demand=3,
        ),
    )
}
