from django.apps import AppConfig


class PrivacyRoom(AppConfig):
    name = "payung.office.privacy"
    label = "privacy"
