"""The addresses of the house. Pages carry the language; the rooms name what stands below."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from hemicycle.web import demo_sign_in, me, patterns, views

web: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("me/", me.me, name="me"),
    path("demo/", demo_sign_in.demo_sign_in, name="demo_sign_in"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/archive/", include("hemicycle.archive.views.api.urls")),
    *i18n_patterns(
        path("", include((web, "web"))),
        path("", include("hemicycle.accounts.urls")),
        path("", include("hemicycle.journal.urls")),
        path("", include("hemicycle.search.urls")),
        path("", include("hemicycle.printing.urls")),
        path("", include("hemicycle.bodies.urls")),
        path("", include("hemicycle.languages.urls")),
        path("", include("hemicycle.meetings.urls")),
        path("", include("hemicycle.motions.urls")),
        path("", include("hemicycle.voting.urls")),
        path("", include("hemicycle.decisions.urls")),
        path("", include("hemicycle.plans.urls")),
        path("", include("hemicycle.publishing.urls")),
        path("", include("hemicycle.archive.urls")),
        path("", include("hemicycle.live.urls")),
    ),
]

handler400 = "hemicycle.web.refusals.bad_request"
handler403 = "hemicycle.web.refusals.forbidden"
handler404 = "hemicycle.web.refusals.missing"
handler500 = "hemicycle.web.refusals.failed"
