"""The addresses for programs. They carry no language, and end with a slash or without."""

from django.urls import re_path

from hemicycle.archive.views.api import views

app_name = "archive_api"
urlpatterns = [
    re_path(r"^sources/?$", views.sources, name="sources"),
    re_path(r"^sources/(?P<source_id>\d{1,18})/?$", views.source, name="source"),
]
