"""The addresses of meetings: pages by body, term and number; what the desk does by key."""

from django.urls import path

from hemicycle.meetings.views import convening, page, papers, sitting, taking_part

app_name = "meetings"
urlpatterns = [
    path("bodies/<slug:slug>/convene/", convening.convene, name="convene"),
    path("bodies/<slug:slug>/terms/<int:term>/meetings/<int:ordinal>/", page.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/items/add/", convening.add_item, name="add_item"),
    path("meetings/<int:meeting_id>/agenda/adopt/", convening.adopt_agenda, name="adopt_agenda"),
    path("meetings/<int:meeting_id>/summon/", convening.summon, name="summon"),
    path("meetings/<int:meeting_id>/close/", convening.close_meeting, name="close"),
    path("meetings/<int:meeting_id>/documents/hand-out/", papers.hand_out, name="hand_out"),
    path("documents/<int:document_id>/hand-out/", papers.hand_out_version, name="hand_out_version"),
    path("documents/<int:document_id>/versions/<int:number>/", papers.download, name="download"),
    path("sittings/<int:sitting_id>/open/", sitting.open_sitting, name="open_sitting"),
    path("sittings/<int:sitting_id>/close/", sitting.close_sitting, name="close_sitting"),
    path("sittings/<int:sitting_id>/chair/", sitting.take_chair, name="take_chair"),
    path("sittings/<int:sitting_id>/participants/", taking_part.participants, name="participants"),
    path("sittings/<int:sitting_id>/accredit/", taking_part.accredit, name="accredit"),
    path("sittings/<int:sitting_id>/accredit-members/", taking_part.accredit_members, name="accredit_members"),
    path("sittings/<int:sitting_id>/came/", taking_part.came, name="participants_came"),
    path("participations/<int:participation_id>/came/", taking_part.person_came, name="came"),
    path("participations/<int:participation_id>/went/", taking_part.person_went, name="went"),
    path("participations/<int:participation_id>/seat/", taking_part.seat, name="seat"),
    path("participations/<int:participation_id>/unseat/", taking_part.unseat, name="unseat"),
    path("items/<int:item_id>/take-up/", sitting.take_up_item, name="take_up_item"),
    path("items/<int:item_id>/settle/", sitting.settle_item, name="settle_item"),
    path("items/<int:item_id>/report/", sitting.hear_report, name="hear_report"),
]
