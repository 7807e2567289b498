from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "hemicycle.search"
