"""The account as of a day that is over is the one that would have been drawn up on that day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from hemicycle.bodies.models import Unit
from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim, Part
from hemicycle.decisions.models import Account, AccountLine, Consultation, Decision, Directive
from hemicycle.decisions.queries.drawn import drawn_lines
from hemicycle.decisions.queries.drawn_then import lines_then
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.decisions.tests.test_rollup import HOUSES, asked, head_of, piers
from hemicycle.decisions.tests.world import APRIL, DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, at, floor_of

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
KEPT = (
    "ordinal", "point_id", "directive_id", "consultation_id", "unit", "text", "due", "state", "days_over",
    "ended", "reports", "evidence", "extensions", "parts", "parts_done", "parts_told", "parts_late",
    "parts_delay", "because", "narrative", "delay_reason", "figure", "figure_of", "asked", "told", "access",
)  # fmt: skip


def cells(lines: Iterable[AccountLine]) -> list[tuple[object, ...]]:
    """Return what stands in lines, to be compared."""
    return [tuple(getattr(line, name) for name in KEPT) for line in lines]


@dataclass(frozen=True)
class World:
    """A decision of the club, the units below it, and what comes next by chance."""

    club: Club
    decision: Decision
    units: list[Unit]
    chance: Random

    @property
    def unit(self) -> Unit:
        """Some unit."""
        return self.chance.choice(self.units)

    @property
    def discussion(self) -> Consultation:
        """The discussion that was called for."""
        return self.decision.points.get(ordinal=1).consultations.get()

    def take(self, today: date) -> None:
        """Do something with one of the tasks, if that may be done."""
        one = self.chance.choice(list(Directive.objects.select_related("responsible_unit", "parent__responsible_unit")))
        key, value = {"directive_id": one.pk}, self.chance.randint(0, 60)
        head = head_of(one.responsible_unit)
        issuer = head_of(one.parent.responsible_unit) if one.parent else self.club.chair
        late = "Rain." if one.due < today else ""
        said = {"by": head, "narrative": f"So far {value}.", "delay_reason": late, "more_than_target": True, **key}
        until = one.due + value * A_DAY
        below = [Part(found.pk) for found in self.units if found.placements.filter(parent=one.responsible_unit)]
        asked_unit = self.unit
        doing: list[Callable[[], object]] = [
            lambda: acts.report_progress(**said, value=value),
            lambda: acts.report_progress(**said),
            lambda: acts.report_progress(**said, value=value, done=True),
            lambda: acts.report_progress(**said, done=True),
            lambda: acts.verify_directive(by=issuer, **key),
            lambda: acts.send_back_directive(by=issuer, because="Not yet.", **key),
            lambda: acts.return_directive(by=head, because="Not ours.", **key),
            lambda: acts.answer_not_applicable(by=head, because="None here.", **key),
            lambda: acts.suspend_directive(by=issuer, because="Winter.", **key),
            lambda: acts.resume_directive(by=issuer, **key),
            lambda: acts.ask_extension(by=head, until=until, because="Rain.", **key),
            lambda: acts.grant_extension(by=issuer, until=until, **key),
            lambda: acts.withdraw_directive(by=issuer, because="Sold.", **key),
            lambda: acts.hand_over_directive(by=issuer, unit_id=self.unit.pk, because="It ends.", **key),
            lambda: acts.break_down_directive(by=head, parts=below, text=f"Mend {value}.", **key),
            lambda: acts.receive_directive(by=head, **key),
            lambda: acts.answer_consultation(
                by=head_of(asked_unit), consultation_id=self.discussion.pk, unit_id=asked_unit.pk, how="noted", text="A"
            ),
            lambda: acts.leave_without_task(
                by=self.club.chair, point_id=self.decision.points.get(ordinal=3).pk, reason="Told already."
            ),
            lambda: acts.issue_directive(
                by=self.club.chair, point_id=self.decision.points.get(ordinal=1).pk,
                responsible_unit_id=self.unit.pk, text=f"Mend {value} more.", due=DUE,
            ),
        ]  # fmt: skip
        self.chance.choice(doing)()


def harbour(club: Club, seed: int) -> World:
    """Decide on two points to be carried out, of which one is discussed and has two tasks."""
    points = [("Mend the houses.", True), ("Thanks.", False), ("Tell the press.", True)]
    decision = decided(floor_of(club, points=points))
    units = [club.local, *piers(club, 2)]
    with clock_at(APRIL):
        asked(club, decision, HOUSES, APRIL)
        asked(club, decision, NewAim("milestone", milestone="Water", target=3), APRIL)
        acts.call_consultation(by=club.chair, point_id=decision.points.get(ordinal=1).pk, text="How?", due=DUE)
    return World(club, decision, units, Random(seed))  # noqa: S311 - A simulation, not a secret.


@pytest.mark.parametrize("seed", range(5))
def test_an_account_as_of_a_day_is_the_one_drawn_up_on_it(club: Club, seed: int) -> None:
    world, body, drawn = harbour(club, seed), club.body, {}
    # Something happens every day; past the end of June tasks are overdue.
    for number in range(1, 100):
        moment = APRIL + number * A_DAY
        with clock_at(moment):
            try:
                world.take(moment.date())
            except Refused:
                continue
            drawn[moment.date()] = cells(drawn_lines(body, moment.date()))
        if number == 95:
            with clock_at(moment + A_DAY / 4):
                acts.close_consultation(by=club.chair, consultation_id=world.discussion.pk, text="So it is.")
                drawn[moment.date()] = cells(drawn_lines(body, moment.date()))
    assert len(drawn) > 12
    for day, lines in drawn.items():
        assert cells(lines_then(body, day)) == lines
    assert lines_then(body, DAY - A_DAY) == []


def test_a_task_that_is_taken_up_again_is_told_again(club: Club) -> None:
    floor = floor_of(club)
    decision = decided(floor)
    task = asked(club, decision, HOUSES, APRIL)
    with clock_at(APRIL + A_DAY):
        acts.answer_not_applicable(by=club.head, directive_id=task.pk, because="No houses.")
    told_of = AccountLine.objects.filter(directive=task)
    desk, keys = club.chair, {"meeting_id": floor.meeting.pk, "item_id": floor.item.pk}
    with clock_at(APRIL + 2 * A_DAY):
        first = acts.draw_up_account(by=desk, **keys)
        assert told_of.get(account=first).ended
        acts.note_account(by=desk, account_id=first.pk)
    with clock_at(APRIL + 3 * A_DAY):
        assert drawn_lines(club.body, (APRIL + 3 * A_DAY).date()) == []
        acts.send_back_directive(by=desk, directive_id=task.pk, because="There are.")
        again = acts.draw_up_account(by=desk, **keys)
        assert not told_of.get(account=again).ended
        assert lines_then(club.body, (APRIL + 2 * A_DAY).date()) == []


def test_the_desk_chooses_the_day_and_who_presents(club: Club) -> None:
    floor = floor_of(club)
    asked(club, decided(floor), HOUSES, APRIL)
    later = APRIL + 10 * A_DAY
    with clock_at(later - A_DAY):
        acts.report_progress(by=club.head, directive_id=Directive.objects.get().pk, narrative="Half.", value=50)
    keys = {"by": club.chair, "meeting_id": floor.meeting.pk, "item_id": floor.item.pk}
    with clock_at(later):
        said = refused("as_of_to_come", acts.draw_up_account, **keys, as_of=later.date() + A_DAY)
        assert "Choose today, 17 April 2026, or an earlier day." in said
        refused("nothing_to_account", acts.draw_up_account, **keys, as_of=DAY - A_DAY)
        refused("not_of_the_body", acts.draw_up_account, **keys, presenter_id=club.outsider.pk)
        account = acts.draw_up_account(**keys, as_of=APRIL.date(), presenter_id=club.members[3].pk)
        (line,) = account.lines.all()
        assert (account.as_of, line.state, line.reports, line.told) == (APRIL.date(), "to report", 0, 0)
        assert account.presenter == club.members[3]
        assert told("account.drawn_up").endswith(f"0 ended. {club.members[3].name} presents it.")
        acts.note_account(by=club.chair, account_id=account.pk)
        refused("as_of_before_last", acts.draw_up_account, **keys, as_of=APRIL.date() - A_DAY)
        assert acts.draw_up_account(**keys).lines.get().reports == 1
    assert [fault.sentence for fault in verify()] == []


def test_the_form_offers_the_day_and_loses_nothing_that_was_typed(club: Club) -> None:
    floor = floor_of(club)
    decided(floor)
    chair = as_person(club.members[0])
    form = reverse("decisions:draw_up_account", args=[floor.meeting.pk])
    sent = {"item": floor.item.pk, "presenter": club.members[2].name, "once": "a"}
    with at(20):
        page = chair.get(form).content.decode()
        assert f'value="{DAY.isoformat()}"' in page
        assert f'<option value="{club.members[2].name}">' in page
        assert club.outsider.name not in page
        for typed, sentence in (("soon", "This is not a day."), ("2031-01-01", "nobody knows yet how things stand")):
            answer = chair.post(form, {**sent, "as_of": typed})
            assert answer.status_code == 422
            text = answer.content.decode()
            assert sentence in text
            assert typed in text
            assert club.members[2].name in text
        nobody = chair.post(form, {**sent, "presenter": "Nobody Atall"})
        assert (nobody.status_code, "Nobody Atall" in nobody.content.decode()) == (422, True)
        assert chair.post(form, {**sent, "as_of": DAY.isoformat()}).status_code == 302
        account = Account.objects.get()
        keys = [club.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal, 1]
        shown = chair.get(reverse("decisions:account", args=keys)).content.decode()
    assert (account.as_of, account.presented_as != "") == (DAY, True)
    assert f"{club.members[2].name}, {account.presented_as}" in shown
