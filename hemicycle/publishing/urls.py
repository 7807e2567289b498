"""The addresses of what is published. A version's address is permanent."""

from django.urls import path

from hemicycle.publishing import views

MEETING = "bodies/<slug:slug>/terms/<int:term>/meetings/<int:ordinal>"

app_name = "publishing"
urlpatterns = [
    path("bodies/<slug:slug>/communiques/", views.published, name="published"),
    path(f"{MEETING}/communique/", views.preview, name="preview"),
    path(f"{MEETING}/communique/<int:version>/", views.publication, name="publication"),
    path(f"{MEETING}/communique/<int:version>.pdf", views.pdf, name="pdf"),
]
