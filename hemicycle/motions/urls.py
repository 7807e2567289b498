"""The addresses of motions."""

from django.urls import path

from hemicycle.motions import views

app_name = "motions"
urlpatterns = [
    path("motions/<int:motion_id>/", views.motion, name="motion"),
    path("motions/<int:motion_id>/revise/", views.revise, name="revise"),
    path("motions/<int:motion_id>/withdraw/", views.withdraw, name="withdraw"),
    path("items/<int:item_id>/motions/table/", views.table, name="table"),
]
