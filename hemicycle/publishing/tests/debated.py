"""A sitting of the club in which everything happens that minutes tell, adjourned before its agenda is done."""

from datetime import timedelta

from hemicycle.demo.club import Club
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    adjourn_sitting,
    adopt_agenda,
    close_meeting,
    close_sitting,
    convene_meeting,
    declare_interest,
    draw_conclusion,
    form_organ,
    give_speech,
    go_into_private,
    leave_chair,
    open_sitting,
    open_to_public,
    participants_came,
    report_of_organ,
    resume_sitting,
    settle_item,
    summon,
    suspend_sitting,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Sitting
from hemicycle.motions.acts import table_motion
from hemicycle.voting.acts import (
    certify_result,
    decide_procedure,
    declare_result,
    enter_count,
    minute_dissent,
    move_procedure,
    open_ballot,
    void_ballot,
)
from hemicycle.voting.hands import Hands
from hemicycle.voting.tests.world import DAY, OPENING, at

SECRET = "The caretaker is given notice."


def debated(club: Club) -> Meeting:
    """Hold the first of two sittings with speeches, rests, a part in private and votes, and adjourn it."""
    chair, people = club.chair, club.members
    meeting = convene_meeting(
        by=chair,
        body_id=club.body.pk,
        kind="ordinary",
        starts=DAY,
        ends=DAY + timedelta(1),
        sittings=[(OPENING + timedelta(days=day), OPENING + timedelta(days=day, hours=4)) for day in (0, 1)],
        place="Harbour hall",
    )
    for title in ("Moorings", "The caretaker", "Next summer"):
        add_item(by=chair, meeting_id=meeting.pk, title=title)
    summon(by=club.secretary, meeting_id=meeting.pk, text="You are called.")
    sitting = meeting.sittings.get(ordinal=1)
    moorings, caretaker, _summer = meeting.items.order_by("ordinal")
    with at(-10):
        rows = [row.pk for row in accredit_members(by=club.secretary, sitting_id=sitting.pk) if row.votes]
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=rows[:8])
        take_chair(by=chair, sitting_id=sitting.pk, person_id=people[0].pk, basis="office")
    with at(0):
        open_sitting(by=chair, sitting_id=sitting.pk)
        adopt_agenda(by=chair, meeting_id=meeting.pk)
        organ = form_organ(
            by=chair, meeting_id=meeting.pk, kind="tellers", people=[people[5].pk, people[6].pk], name="Tellers"
        )
    deal_with_moorings(club, moorings, sitting)
    with at(40):
        report_of_organ(by=chair, organ_id=organ.pk, text="All hands were counted twice.")
        suspend_sitting(by=chair, sitting_id=sitting.pk, because="for soup")
    with at(60):
        resume_sitting(by=chair, sitting_id=sitting.pk)
        leave_chair(by=chair, sitting_id=sitting.pk, because="called to the quay")
        take_chair(by=chair, sitting_id=sitting.pk, person_id=people[2].pk, basis="election")
    in_private(club, caretaker, sitting)
    with at(90):
        adjourn_sitting(by=chair, sitting_id=sitting.pk, because="the light was going")
    return Meeting.objects.get(pk=meeting.pk)


def deal_with_moorings(club: Club, item: AgendaItem, sitting: Sitting) -> None:
    """Debate the moorings, close the debate, vote twice by hands, and conclude."""
    chair, people = club.chair, club.members
    with at(5):
        take_up_item(by=chair, item_id=item.pk)
        declare_interest(by=chair, item_id=item.pk, person_id=people[7].pk, nature="owns the quay")
        give_speech(by=chair, item_id=item.pk, speaker_id=people[3].pk)
        give_speech(by=chair, item_id=item.pk, speaker_id=people[4].pk)
        give_speech(by=chair, item_id=item.pk, speaker_id=people[5].pk, form="written", text="Rope is dear.")
        motion = table_motion(
            by=chair, item_id=item.pk, title="Cheaper moorings", kind="motion", points=[("Moorings cost less.", False)]
        )
    with at(15):
        moved = move_procedure(by=chair, sitting_id=sitting.pk, name="close debate", mover="Gus Grau")
        decide_procedure(by=chair, procedure_id=moved.pk, counted=Hands(6, 1, 0))
    with at(20):
        spoiled = open_ballot(by=chair, motion_id=motion.pk, method="show of hands")
        enter_count(by=chair, ballot_id=spoiled.pk, counted=Hands(3, 3, 0))
        void_ballot(by=chair, ballot_id=spoiled.pk, reason="A teller had miscounted.")
    with at(25):
        ballot = open_ballot(by=chair, motion_id=motion.pk, method="show of hands")
    with at(26):
        counted = enter_count(by=chair, ballot_id=ballot.pk, counted=Hands(5, 1, 1, ("Fay Fink", "Gus Grau")))
        declare_result(by=chair, result_id=counted.pk)
        certify_result(by=chair, result_id=counted.pk)
        minute_dissent(by=chair, ballot_id=ballot.pk, person_id=people[6].pk, text="The quay cannot pay for it.")
    with at(30):
        draw_conclusion(by=chair, item_id=item.pk, drawn_by_id=people[0].pk, text="The price falls in May.")
        settle_item(by=chair, item_id=item.pk)


def in_private(club: Club, item: AgendaItem, sitting: Sitting) -> None:
    """Deal with the caretaker in private."""
    with at(65):
        go_into_private(by=club.chair, sitting_id=sitting.pk, because="it is about a person")
        take_up_item(by=club.chair, item_id=item.pk)
    with at(70):
        draw_conclusion(by=club.chair, item_id=item.pk, drawn_by_id=club.members[2].pk, text=SECRET)
        settle_item(by=club.chair, item_id=item.pk)
    with at(80):
        open_to_public(by=club.chair, sitting_id=sitting.pk)


def closed(club: Club) -> Meeting:
    """Hold the second sitting too, and close the meeting."""
    meeting = debated(club)
    sitting = meeting.sittings.get(ordinal=2)
    with at(24 * 60):
        rows = [row.pk for row in accredit_members(by=club.secretary, sitting_id=sitting.pk) if row.votes]
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=rows[:6])
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
        open_sitting(by=club.chair, sitting_id=sitting.pk)
    with at(24 * 60 + 5):
        summer = meeting.items.get(ordinal=3)
        take_up_item(by=club.chair, item_id=summer.pk)
        settle_item(by=club.chair, item_id=summer.pk, outcome="The races begin in June.")
    with at(24 * 60 + 10):
        close_sitting(by=club.chair, sitting_id=sitting.pk)
        close_meeting(by=club.chair, meeting_id=meeting.pk)
    return Meeting.objects.get(pk=meeting.pk)
