"""The addresses of the archive."""

from django.urls import path

from hemicycle.archive.views import keys, meetings, review, sources, withdrawing

app_name = "archive"
urlpatterns = [
    path("archive/", meetings.archive, name="archive"),
    path("archive/compare/", meetings.compare, name="compare"),
    path("archive/compare/comparison.csv", meetings.compared_table, name="compared_csv"),
    path("archive/meetings/<int:archived_id>/", meetings.meeting, name="meeting"),
    path("archive/sources/", sources.sources, name="sources"),
    path("archive/sources/add/", sources.add, name="add"),
    path("archive/keys/", keys.keys, name="keys"),
    path("archive/keys/<int:key_id>/revoke/", keys.revoke, name="revoke_key"),
    path("archive/sources/<int:source_id>/", sources.source, name="source"),
    path("archive/sources/<int:source_id>/file/", sources.file, name="file"),
    path("archive/sources/<int:source_id>/read/", sources.read, name="read"),
    path("archive/sources/<int:source_id>/review/", review.review, name="review"),
    path("archive/sources/<int:source_id>/rest/", review.rest, name="rest"),
    path("archive/sources/<int:source_id>/claims/", review.add, name="add_claim"),
    path("archive/sources/<int:source_id>/import/", review.enter, name="import"),
    path("archive/claims/<int:claim_id>/", review.claim, name="claim"),
    path("bodies/<slug:slug>/archive/", meetings.of_body, name="of_body"),
    path("bodies/<slug:slug>/archive/meetings.csv", meetings.table, name="csv"),
    path("bodies/<slug:slug>/archive/meetings.bib", meetings.bibliography, name="bib"),
    path("bodies/<slug:slug>/archive/bulk/", sources.bulk, name="bulk"),
    path("bodies/<slug:slug>/archive/withdraw/", withdrawing.withdraw, name="withdraw"),
]
