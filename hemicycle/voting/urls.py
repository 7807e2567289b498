"""The addresses of ballots."""

from django.urls import path

from hemicycle.voting import views
from hemicycle.voting.views import (
    batches,
    casting,
    circulation,
    floor,
    further,
    procedure,
    protocol,
    published,
    waiting,
)

app_name = "voting"
urlpatterns = [
    path("motions/<int:motion_id>/ballot/", views.open_, name="open"),
    path("ballots/<int:ballot_id>/", views.ballot, name="ballot"),
    path("ballots/<int:ballot_id>/cast-all/", casting.cast_all, name="cast_all"),
    path("ballots/<int:ballot_id>/take-back/", casting.take_back, name="take_back"),
    path("ballots/<int:ballot_id>/close/", views.close, name="close"),
    path("ballots/<int:ballot_id>/void/", views.void, name="void"),
    path("ballots/<int:ballot_id>/recount/", views.recount, name="recount"),
    path("ballots/<int:ballot_id>/declare/", views.declare, name="declare"),
    path("ballots/<int:ballot_id>/certify/", views.certify, name="certify"),
    path("ballots/<int:ballot_id>/papers/", published.papers, name="papers"),
    path("ballots/<int:ballot_id>/box.json", published.box_file, name="box_file"),
    path("ballots/<int:ballot_id>/waiting/", waiting.waiting, name="waiting"),
    path("voters/<int:voter_id>/strike-card/", waiting.strike, name="strike_card"),
    path("ballots/<int:ballot_id>/move/", waiting.move, name="move"),
    path("ballots/<int:ballot_id>/protocol/", protocol.protocol, name="protocol"),
    path("ballots/<int:ballot_id>/protocol/pdf/", protocol.protocol_pdf, name="protocol_pdf"),
    path("ballots/<int:ballot_id>/votes.csv", protocol.votes_csv, name="votes_csv"),
    path("ballots/<int:ballot_id>/papers.blt", protocol.papers_blt, name="papers_blt"),
    path("motions/<int:motion_id>/decide/", floor.ask, name="ask"),
    path("amendments/<int:amendment_id>/decide/", floor.ask_amendment, name="ask_amendment"),
    path("ballots/<int:ballot_id>/batches/", batches.batches, name="batches"),
    path("ballots/<int:ballot_id>/batches/enter/", batches.enter_batch, name="enter_batch"),
    path("ballots/<int:ballot_id>/batches/close/", batches.close_with_batches, name="close_with_batches"),
    path("batches/<int:batch_id>/stands/", batches.rule, name="rule_on_batch"),
    path("ballots/<int:ballot_id>/count/", floor.enter_count, name="count"),
    path("ballots/<int:ballot_id>/count-again/", floor.recount_hands, name="count_again"),
    path("ballots/<int:ballot_id>/consent/", floor.consent, name="consent"),
    path("ballots/<int:ballot_id>/objection/", floor.objection, name="objection"),
    path("ballots/<int:ballot_id>/casting-vote/", floor.casting_vote, name="casting_vote"),
    path("ballots/<int:ballot_id>/dissent/", floor.dissent, name="dissent"),
    path("ballots/<int:ballot_id>/lot/", floor.lot, name="lot"),
    path("ballots/<int:ballot_id>/repeat/", floor.repeat, name="repeat"),
    path("ballots/<int:ballot_id>/further/", further.further, name="further"),
    path("candidates/<int:candidate_id>/withdraw/", floor.withdraw_candidate, name="withdraw_candidate"),
    path("bodies/<slug:slug>/circulate/", circulation.circulate, name="circulate"),
    path("ballots/<int:ballot_id>/demand-meeting/", circulation.demand_meeting, name="demand_meeting"),
    path("sittings/<int:sitting_id>/procedure/", procedure.move, name="move_procedure"),
    path("procedure/<int:procedure_id>/decide/", procedure.decide, name="decide_procedure"),
    path("procedure/<int:procedure_id>/withdraw/", procedure.withdraw, name="withdraw_procedure"),
]
