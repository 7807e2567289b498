"""The addresses of the archive."""

from django.urls import path

from hemicycle.archive.views import meetings, review, sources

app_name = "archive"
urlpatterns = [
    path("archive/", meetings.archive, name="archive"),
    path("archive/compare/", meetings.compare, name="compare"),
    path("archive/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("archive/sources/", sources.sources, name="sources"),
    path("archive/sources/add/", sources.add, name="add"),
    path("archive/sources/<int:pk>/", sources.source, name="source"),
    path("archive/sources/<int:pk>/file/", sources.file, name="file"),
    path("archive/sources/<int:pk>/read/", sources.read, name="read"),
    path("archive/sources/<int:pk>/review/", review.review, name="review"),
    path("archive/sources/<int:pk>/rest/", review.rest, name="rest"),
    path("archive/sources/<int:pk>/claims/", review.add, name="add_claim"),
    path("archive/sources/<int:pk>/import/", review.enter, name="import"),
    path("archive/claims/<int:pk>/", review.claim, name="claim"),
    path("bodies/<slug:slug>/archive/", meetings.of_body, name="of_body"),
    path("bodies/<slug:slug>/archive/meetings.csv", meetings.table, name="csv"),
    path("bodies/<slug:slug>/archive/meetings.bib", meetings.bibliography, name="bib"),
    path("bodies/<slug:slug>/archive/bulk/", sources.bulk, name="bulk"),
]
