"""The addresses of bodies and units, of their rules, terms and posts, and of the lists of people."""

from django.urls import path

from hemicycle.bodies.views import founding, holding, page, procedure, roster

app_name = "bodies"
urlpatterns = [
    path("bodies/", page.bodies, name="bodies"),
    path("bodies/<slug:slug>/", page.body, name="body"),
    path("bodies/<slug:slug>/rules/", procedure.rules, name="rules"),
    path("bodies/<slug:slug>/rules/adopt/", procedure.adopt, name="adopt_rules"),
    path("bodies/<slug:slug>/posts/", holding.posts, name="posts"),
    path("bodies/<slug:slug>/posts/create/", holding.create_post, name="create_post"),
    path("bodies/<slug:slug>/terms/begin/", holding.begin_term, name="begin_term"),
    path("bodies/<slug:slug>/terms/end/", holding.end_term, name="end_term"),
    path("bodies/<slug:slug>/people/", roster.people, name="people"),
    path("bodies/<slug:slug>/people/enter/", roster.enter_people, name="enter_people"),
    path("bodies/<slug:slug>/people/template/", roster.template, name="people_template"),
    path("posts/<int:post_id>/give/", holding.give_post, name="give_post"),
    path("posts/<int:post_id>/change/", holding.change_post, name="change_post"),
    path("memberships/<int:membership_id>/end/", holding.end_post, name="end_post"),
    path("units/<slug:slug>/", page.unit, name="unit"),
    path("units/<slug:slug>/found-below/", founding.found_below, name="found_below"),
    path("units/<slug:slug>/move/", founding.move, name="move_unit"),
    path("units/<slug:slug>/end/", founding.end, name="end_unit"),
    path("units/<slug:slug>/found-body/", founding.found_body, name="found_body"),
    path("units/<slug:slug>/head/create/", holding.create_head, name="create_head"),
]
