from django.apps import AppConfig


class PlanningRoom(AppConfig):
    name = "payung.office.planning"
    label = "planning"
