"""The addresses of motions."""

from django.urls import path

from hemicycle.motions import views
from hemicycle.motions.views import elections

app_name = "motions"
urlpatterns = [
    path("motions/<int:motion_id>/", views.motion, name="motion"),
    path("motions/<int:motion_id>/revise/", views.revise, name="revise"),
    path("motions/<int:motion_id>/withdraw/", views.withdraw, name="withdraw"),
    path("items/<int:item_id>/motions/table/", views.table, name="table"),
    path("motions/<int:motion_id>/amend/", views.amend, name="amend"),
    path("amendments/<int:amendment_id>/accept/", views.accept_amendment, name="accept_amendment"),
    path("amendments/<int:amendment_id>/withdraw/", views.withdraw_amendment, name="withdraw_amendment"),
    path("items/<int:item_id>/elections/call/", elections.call, name="call_election"),
    path("motions/<int:motion_id>/nominate/", elections.nominate, name="nominate"),
    path("motions/<int:motion_id>/close-nominations/", elections.close_nominations, name="close_nominations"),
    path("candidates/<int:candidate_id>/accept/", elections.accept, name="accept_nomination"),
    path("motions/<int:motion_id>/divide/", views.divide, name="divide"),
]
