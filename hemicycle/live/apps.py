from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "hemicycle.live"
