from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EntriesPortalConfig(AppConfig):
    name = "entries_portal"
    verbose_name = "Entries Portal"


class PortalAdminConfig(AdminConfig):
    default_site = "entries_portal.admin_site.PortalAdminSite"
