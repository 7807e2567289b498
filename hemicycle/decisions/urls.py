"""The addresses of decisions, tasks and units."""

from django.urls import path

from hemicycle.decisions import views

app_name = "decisions"
urlpatterns = [
    path("decisions/", views.register, name="register"),
    path("bodies/<slug:slug>/decisions/", views.register, name="register_of"),
    path("bodies/<slug:slug>/decisions/<int:number>/", views.decision, name="decision"),
    path("bodies/<slug:slug>/decisions/<int:number>/posts/", views.give_elected, name="give_elected"),
    path("ballots/<int:ballot_id>/decision/", views.certify, name="certify"),
    path("points/<int:point_id>/directive/", views.issue, name="issue"),
    path("units/<slug:slug>/tasks/", views.tasks, name="tasks"),
    path("directives/<int:directive_id>/receive/", views.receive, name="receive"),
    path("directives/<int:directive_id>/report/", views.report, name="report"),
]
