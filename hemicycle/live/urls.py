"""The addresses of a sitting's faces, under its meeting. The event stream is a raw room and has none here."""

from django.urls import path

from hemicycle.live import floor, hall_views, translating, views

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
    path(f"{MEETING}/desk/screens/", hall_views.hall, name="hall"),
    path(f"{MEETING}/desk/screens/<int:number>/remove/", hall_views.remove, name="remove_screen"),
    path("sittings/<int:sitting_id>/certify-agreed/", views.certify_adopted, name="certify_agreed"),
    path(f"{MEETING}/screen/", hall_views.screen, name="screen"),
    path(f"{MEETING}/screen/now/", hall_views.screen_now, name="screen_now"),
    path(f"{MEETING}/screens/<int:number>/", hall_views.screen, name="further_screen"),
    path(f"{MEETING}/screens/<int:number>/now/", hall_views.screen_now, name="further_screen_now"),
    path(f"{MEETING}/screen/turnout/", views.screen_turnout, name="screen_turnout"),
]
