from django.apps import AppConfig


class SavingsRoom(AppConfig):
    name = "payung.office.savings"
    label = "savings"
