from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from notifications.directories import register
        from notifications.staff import STAFF, StaffDirectory

        register(STAFF, StaffDirectory())
