"""The base of every API view."""

from rest_framework import views


class APIView(views.APIView):
    """A REST framework view with the house's error envelope and authentication."""
