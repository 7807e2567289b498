"""The addresses of a sitting's faces, under its meeting. The event stream is a raw room and has none here."""

from django.urls import path

from hemicycle.live import floor, translating, views

MEETING = "bodies/<slug:slug>/terms/<int:term>/meetings/<int:ordinal>"

app_name = "live"
urlpatterns = [
    path(f"{MEETING}/desk/", views.desk, name="desk"),
    path(f"{MEETING}/desk/next/", views.next_step, name="next"),
    path(f"{MEETING}/desk/turnout/", views.desk_turnout, name="desk_turnout"),
    path(f"{MEETING}/desk/translations/", translating.translations, name="translations"),
    path(f"{MEETING}/floor/", views.floor, name="floor"),
    path(f"{MEETING}/floor/ask/", floor.ask, name="ask"),
    path(f"{MEETING}/floor/mine/", views.mine, name="mine"),
    path(f"{MEETING}/screen/", views.screen, name="screen"),
    path(f"{MEETING}/screen/turnout/", views.screen_turnout, name="screen_turnout"),
]
