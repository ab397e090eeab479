from django.apps import AppConfig


class WebDoor(AppConfig):
    name = "payung.doors.web"
    label = "web"

    def ready(self) -> None:
        """The worker makes files of pages the way this door does."""
        from payung.doors.jobs.handed import MAKERS, PAGE_FILE
        from payung.doors.web.later import make

        MAKERS[PAGE_FILE] = make
