"""The addresses of what is printed."""

from django.urls import path

from hemicycle.printing import views

app_name = "printing"
urlpatterns = [
    path("prints/<uuid:job>/", views.job, name="job"),
    path("prints/<uuid:job>/file.pdf", views.file, name="file"),
]
