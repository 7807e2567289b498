"""The address of the search page."""

from django.urls import path

from hemicycle.search import views

app_name = "search"
urlpatterns = [path("search/", views.search_page, name="search")]
