from django.apps import AppConfig


class SubmissionsRoom(AppConfig):
    name = "payung.office.submissions"
    label = "submissions"
