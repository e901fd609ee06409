"""One include per app, in menu order."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", include("reports.urls")),
    path("step/", include("step_entries.urls")),
    path("technicals/", include("technicals.urls")),
    path("candidates/", include("candidates.urls")),
    path("uploads/", include("uploads.urls")),
    path("requests/", include("requests_forms.urls")),
    path("centre/", include("centres.urls")),
    path("account/", include("accounts.urls")),
    path("help/", views.HelpView.as_view(), name="help"),
    path("help/guide.pdf", views.GuideFileView.as_view(), name="help-file"),
    path("help/technicals.pdf", views.GuideFileView.as_view(name="technicals"), name="help-technicals-file"),
    path("help/<slug:section>/", views.HelpSectionView.as_view(), name="help-section"),
    path("accessibility/", views.TextPageView.as_view(name="accessibility"), name="accessibility"),
    path("privacy/", views.TextPageView.as_view(name="privacy"), name="privacy"),
    path("report-an-incident/", views.TextPageView.as_view(name="incident"), name="incident"),
    path("health/", views.health, name="health"),
    # The admin is entered by the same door as everything else.
    path("admin/login/", views.AdminDoorView.as_view()),
    path("admin/", admin.site.urls),
]

handler400 = "entries_portal.views.bad_request"
handler403 = "entries_portal.views.not_allowed"
handler404 = "entries_portal.views.not_found"
handler500 = "entries_portal.views.server_error"
