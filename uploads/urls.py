from django.urls import path

from . import views

app_name = "uploads"
urlpatterns = [
    path("", views.UploadsView.as_view(), name="list"),
    path("new/<slug:kind>/", views.UploadView.as_view(), name="upload"),
    path("new/<slug:kind>/template.<slug:form>", views.TemplateView.as_view(), name="template"),
    path("<uuid:key>/", views.ResumeView.as_view(), name="resume"),
    path("<uuid:key>/progress/", views.ProgressView.as_view(), name="progress"),
    path("<uuid:key>/progress/now/", views.ProgressNowView.as_view(), name="progress-now"),
    path("<uuid:key>/headings/", views.HeadingsView.as_view(), name="headings"),
    path("<uuid:key>/mend/", views.MendView.as_view(), name="mend"),
    path("<uuid:key>/rows/<int:number>/", views.RowView.as_view(), name="row"),
    path("<uuid:key>/check/", views.CheckView.as_view(), name="check"),
    path("<uuid:key>/confirmation/", views.ConfirmationView.as_view(), name="confirmation"),
    path("<uuid:key>/<slug:which>.<slug:form>", views.ListView.as_view(), name="rows"),
    path("<uuid:key>/discard/", views.DiscardView.as_view(), name="discard"),
]
