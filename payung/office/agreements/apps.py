from django.apps import AppConfig


class AgreementsRoom(AppConfig):
    name = "payung.office.agreements"
    label = "agreements"
