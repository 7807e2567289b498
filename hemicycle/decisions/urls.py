"""The addresses of decisions, tasks and units."""

from django.urls import path

from hemicycle.decisions.views import (
    accounts,
    as_of,
    consulting,
    course,
    feeds,
    filing,
    handing,
    heat,
    leaving,
    offices,
    old,
    register,
    reminders,
    steps,
    telling,
    work,
)

MEETING = "bodies/<slug:slug>/terms/<int:term>/meetings/<int:ordinal>/"
CONSULTATION = "consultations/<int:consultation_id>/"

app_name = "decisions"
urlpatterns = [
    path("decisions/", register.register, name="register"),
    path("decisions/map/", heat.heat, name="heat"),
    path("decisions/map/tasks/", heat.tasks, name="heat_tasks"),
    path("bodies/<slug:slug>/decisions/", register.register, name="register_of"),
    path("bodies/<slug:slug>/decisions/feed.atom", feeds.of_body, {"form": "atom"}, name="atom_of_body"),
    path("bodies/<slug:slug>/decisions/feed.json", feeds.of_body, {"form": "json"}, name="json_of_body"),
    path("units/<slug:slug>/decisions/feed.atom", feeds.of_unit, {"form": "atom"}, name="atom_of_unit"),
    path("units/<slug:slug>/decisions/feed.json", feeds.of_unit, {"form": "json"}, name="json_of_unit"),
    path("bodies/<slug:slug>/decisions/<int:number>/", register.decision, name="decision"),
    path("bodies/<slug:slug>/decisions/<int:number>/tree/", as_of.tree, name="tree"),
    path("bodies/<slug:slug>/decisions/<int:number>/tree/table/", as_of.table, name="tree_table"),
    path("bodies/<slug:slug>/decisions/<int:number>/course/", course.course, name="course"),
    path("bodies/<slug:slug>/decisions/<int:number>/posts/", register.give_elected, name="give_elected"),
    path("ballots/<int:ballot_id>/decision/", register.certify, name="certify"),
    path("ballots/<int:ballot_id>/decision/enter/", register.certify_with, name="certify_with"),
    path("points/<int:point_id>/directive/", handing.issue, name="issue"),
    path("points/<int:point_id>/without-task/", leaving.leave, name="without_task"),
    path("points/<int:point_id>/directives/", handing.issue_all, name="issue_all"),
    path("points/<int:point_id>/reports/", telling.tell, name="tell"),
    path("units/<slug:slug>/tasks/", work.tasks, name="tasks"),
    path("tasks/", work.mine, name="mine"),
    path("tasks/reminders/", reminders.reminders, name="reminders"),
    path("tasks/reminders/address/", reminders.make_link, name="make_link"),
    path("tasks/reminders/revoke/", reminders.revoke_link, name="revoke_link"),
    path("tasks/reminders/mail/", reminders.choose_digest, name="choose_digest"),
    path("calendar/<str:key>/tasks.ics", reminders.of_person, name="calendar"),
    path("calendar/<str:key>/units/<slug:slug>.ics", reminders.of_person, name="calendar_of_unit"),
    path("units/<slug:slug>/tasks.ics", reminders.of_unit, name="unit_calendar"),
    path("directives/<int:directive_id>/", work.directive, name="directive"),
    path("directives/<int:directive_id>/receive/", work.receive, name="receive"),
    path("directives/<int:directive_id>/report/", work.report, name="report"),
    path("directives/<int:directive_id>/handler/", offices.handler, name="name_handler"),
    path("units/<slug:slug>/tasks/successor/", offices.succeed, name="succeed"),
    path("directives/<int:directive_id>/parts/", handing.break_down, name="break_down"),
    *(
        path(f"directives/<int:directive_id>/{name.replace('_', '-')}/", steps.step, {"page": name}, name=name)
        for name in steps.PAGES
    ),
    path("meetings/<int:meeting_id>/account/", accounts.draw_up, name="draw_up_account"),
    path(f"{MEETING}account/<int:version>/", accounts.account, name="account"),
    path(f"{MEETING}account/<int:version>/account.csv", accounts.as_csv, name="account_csv"),
    path(f"{MEETING}account/<int:version>/pdf/", accounts.pdf, name="account_pdf"),
    path(f"{MEETING}account/<int:version>/file/", filing.file, name="file_account"),
    path("account-lines/<int:line_id>/finding/", accounts.finding, name="finding"),
    path("implementation/<int:told_id>/note/", accounts.hearing, {"page": "note"}, name="note_account"),
    path("implementation/<int:told_id>/send-back/", accounts.hearing, {"page": "back"}, name="send_back_account"),
    path("bodies/<slug:slug>/decisions/<int:number>/discussions/", consulting.discussions, name="discussions"),
    path("points/<int:point_id>/consultation/", consulting.call, name="call_consultation"),
    path(CONSULTATION, consulting.consultation, name="consultation"),
    path(f"{CONSULTATION}units/", consulting.units, name="consultation_units"),
    path(f"{CONSULTATION}regions/<slug:slug>/", consulting.units, name="consultation_region"),
    path(f"{CONSULTATION}units/<slug:slug>/", consulting.unit, name="consultation_unit"),
    path(
        "consultations/<int:consultation_id>/units/<slug:slug>/answer/", consulting.answer, name="answer_consultation"
    ),
    path(f"{CONSULTATION}answers.csv", consulting.as_csv, name="consultation_csv"),
    path(f"{CONSULTATION}close/", consulting.close, name="close_consultation"),
    path("bodies/<slug:slug>/old-decisions/", old.register, name="old_register"),
    path("bodies/<slug:slug>/old-decisions/table/", old.sheet, name="old_sheet"),
    path("bodies/<slug:slug>/old-decisions/table/enter/", old.enter_sheet, name="enter_old_sheet"),
    path("bodies/<slug:slug>/old-decisions/table/empty.xlsx", old.template, name="old_template"),
    path("old-decisions/<int:decision_id>/", old.decision, name="old_decision"),
    path("questions/<int:question_id>/answer/", steps.answer, name="answer"),
    path("evidence/<int:evidence_id>/", work.evidence, name="evidence"),
]
