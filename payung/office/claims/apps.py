from django.apps import AppConfig


class ClaimsRoom(AppConfig):
    name = "payung.office.claims"
    label = "claims"
