from django.urls import path

from . import views

app_name = "centres"
urlpatterns = [
    path("switch/", views.SwitchCentreView.as_view(), name="switch"),
    path("preferences/", views.PreferencesView.as_view(), name="preferences"),
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("calendar/renew/", views.RenewCalendarView.as_view(), name="calendar-renew"),
    path("colleagues/", views.ColleaguesView.as_view(), name="colleagues"),
    path("colleagues/<int:pk>/role/", views.ChangeRoleView.as_view(), name="colleague-change"),
    path("colleagues/<int:pk>/end/", views.EndMembershipView.as_view(), name="colleague-end"),
]
