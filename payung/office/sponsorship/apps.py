from django.apps import AppConfig


class SponsorshipRoom(AppConfig):
    name = "payung.office.sponsorship"
    label = "sponsorship"
