from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "hemicycle.journal"

    def ready(self) -> None:
        from hemicycle.journal.triggers import install_triggers

        post_migrate.connect(install_triggers, dispatch_uid="hemicycle.journal.triggers")
