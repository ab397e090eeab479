from django.apps import AppConfig


class JobsDoor(AppConfig):
    name = "payung.doors.jobs"
    label = "jobs"
