"""The addresses of what is published. A version's address is permanent."""

from django.urls import path

from hemicycle.publishing import views
from hemicycle.publishing.views import corrections, minutes, press

MEETING = "bodies/<slug:slug>/terms/<int:term>/meetings/<int:ordinal>"

app_name = "publishing"
urlpatterns = [
    path("bodies/<slug:slug>/communiques/", views.published, name="published"),
    path(f"{MEETING}/communique/", views.preview, name="preview"),
    path(f"{MEETING}/communique/edit/", press.edit, name="edit_communique"),
    path(f"{MEETING}/communique/<int:version>/", views.publication, name="publication"),
    path(f"{MEETING}/communique/<int:version>.pdf", views.pdf, name="pdf"),
    path(f"{MEETING}/minutes/", minutes.minutes, name="minutes"),
    path(f"{MEETING}/minutes/<int:version>/", minutes.minutes, name="minutes_version"),
    path(f"{MEETING}/minutes/<int:version>.pdf", minutes.pdf, name="minutes_pdf"),
    path("meetings/<int:meeting_id>/minutes/draw-up/", minutes.draw_up, name="draw_up_minutes"),
    path("meetings/<int:meeting_id>/minutes/edit/", minutes.edit, name="revise_minutes"),
    path("meetings/<int:meeting_id>/minutes/circulate/", minutes.circulate, name="circulate_minutes"),
    path("meetings/<int:meeting_id>/minutes/recall/", minutes.recall, name="recall_minutes"),
    path("meetings/<int:meeting_id>/minutes/approve/", minutes.approve, name="approve_minutes"),
    path("meetings/<int:meeting_id>/minutes/reopen/", minutes.reopen, name="reopen_minutes"),
    path("meetings/<int:meeting_id>/minutes/correct/", corrections.propose, name="propose_correction"),
    path("corrections/<int:correction_id>/take-up/", corrections.take_up, name="take_up_correction"),
    path("corrections/<int:correction_id>/decline/", corrections.decline, name="decline_correction"),
]
