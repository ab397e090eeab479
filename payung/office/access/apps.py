from django.apps import AppConfig


class AccessRoom(AppConfig):
    name = "payung.office.access"
    label = "access"
