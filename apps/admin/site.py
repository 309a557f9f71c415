"""The superadmin site, drawn by unfold."""

from django.contrib.admin.apps import AdminConfig


class BackofficeAdminConfig(AdminConfig):
    """Django's admin under the house's site."""

    default_site = "unfold.sites.UnfoldAdminSite"
