"""The addresses of the books."""

from django.urls import path

from hemicycle.journal import views

app_name = "journal"
urlpatterns = [
    path("books/", views.books, name="books"),
    path("books/<slug:noun>/<slug:slug>/", views.book, name="book"),
    path("books/<slug:noun>/<slug:slug>/<int:number>/", views.entry, name="entry"),
]
