from django.apps import AppConfig


class OutsideRoom(AppConfig):
    name = "payung.office.outside"
    label = "outside"
