"""The addresses of bodies and units."""

from django.urls import path

from hemicycle.bodies import views

app_name = "bodies"
urlpatterns = [
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<slug:slug>/", views.body, name="body"),
    path("units/<slug:slug>/", views.unit, name="unit"),
]
