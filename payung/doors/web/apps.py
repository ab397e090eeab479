from django.apps import AppConfig


class WebDoor(AppConfig):
    name = "payung.doors.web"
    label = "web"
