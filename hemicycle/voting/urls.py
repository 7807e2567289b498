"""The addresses of ballots."""

from django.urls import path

from hemicycle.voting import views

app_name = "voting"
urlpatterns = [
    path("motions/<int:motion_id>/ballot/", views.open_, name="open"),
    path("ballots/<int:ballot_id>/", views.ballot, name="ballot"),
    path("ballots/<int:ballot_id>/close/", views.close, name="close"),
    path("ballots/<int:ballot_id>/void/", views.void, name="void"),
    path("ballots/<int:ballot_id>/recount/", views.recount, name="recount"),
    path("ballots/<int:ballot_id>/declare/", views.declare, name="declare"),
    path("ballots/<int:ballot_id>/certify/", views.certify, name="certify"),
]
