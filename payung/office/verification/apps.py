from django.apps import AppConfig


class VerificationRoom(AppConfig):
    name = "payung.office.verification"
    label = "verification"
