from django.apps import AppConfig


class PlacesRoom(AppConfig):
    name = "payung.office.places"
    label = "places"
