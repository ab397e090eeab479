from django.apps import AppConfig


class RegistryRoom(AppConfig):
    name = "payung.office.registry"
    label = "registry"
