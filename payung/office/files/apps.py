from django.apps import AppConfig


class FilesRoom(AppConfig):
    name = "payung.office.files"
    label = "files"
