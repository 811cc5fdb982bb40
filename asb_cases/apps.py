from django.apps import AppConfig


class ASBCasesConfig(AppConfig):
    name = "asb_cases"
    verbose_name = "ASB cases"

    def ready(self) -> None:
        from asb_cases.directory import PARTY, PartyDirectory
        from notifications.directories import register

        register(PARTY, PartyDirectory())
