"""Pictures of creators, mounted at /media/."""

from django.urls import path, register_converter

from . import views


class FolderConverter:
    regex = "[0-9a-f]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PictureConverter(FolderConverter):
    """The hash of a picture, and which of its two sizes."""

    regex = r"[0-9a-f]{64}-[sl]\.webp"


register_converter(FolderConverter, "media_folder")
register_converter(PictureConverter, "media_picture")

app_name = "profiles"
urlpatterns = [
    path("creators/<media_folder:folder>/<media_picture:name>", views.show_picture, name="picture"),
    path("placeholder/<str:initials>.svg", views.show_placeholder, name="placeholder"),
]
