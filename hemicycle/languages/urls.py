"""The addresses of the languages of bodies and of translations."""

from django.urls import path

from hemicycle.languages import views

app_name = "languages"
urlpatterns = [
    path("bodies/<slug:slug>/languages/", views.choose, name="choose"),
    path("translations/<slug:noun>/<int:row>/<slug:language>/", views.translate, name="translate"),
    path("read-in/<slug:language>/", views.read, name="read"),
]
