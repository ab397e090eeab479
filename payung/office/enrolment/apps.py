from django.apps import AppConfig


class EnrolmentRoom(AppConfig):
    name = "payung.office.enrolment"
    label = "enrolment"
