from django.apps import AppConfig


class ASBCasesConfig(AppConfig):
    name = "asb_cases"
    verbose_name = "ASB cases"
