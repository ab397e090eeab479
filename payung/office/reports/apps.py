from django.apps import AppConfig


class ReportsRoom(AppConfig):
    name = "payung.office.reports"
    label = "reports"
