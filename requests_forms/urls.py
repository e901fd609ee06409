from django.urls import path

from . import views

app_name = "requests"
urlpatterns = [
    path("", views.RequestsView.as_view(), name="list"),
    path("new/account-change/", views.NewAccountRequestView.as_view(), name="new-account"),
    path("new/invoice-query/<slug:number>/", views.NewInvoiceQueryView.as_view(), name="new-invoice-query"),
    path("new/candidate-correction/<uuid:key>/", views.NewCorrectionView.as_view(), name="new-candidate-correction"),
    path("new/<slug:kind>/<slug:number>/", views.NewRequestView.as_view(), name="new"),
    path("<slug:reference>/", views.RequestView.as_view(), name="detail"),
    path("<slug:reference>/edit/", views.EditView.as_view(), name="edit"),
    path("<slug:reference>/check/", views.CheckView.as_view(), name="check"),
    path("<slug:reference>/discard/", views.DiscardView.as_view(), name="discard"),
    path("<slug:reference>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("<slug:reference>/answer/", views.AnswerView.as_view(), name="answer"),
    path("<slug:reference>/evidence/<uuid:key>/", views.EvidenceView.as_view(), name="evidence"),
    path("<slug:reference>/evidence/<uuid:key>/remove/", views.RemoveEvidenceView.as_view(), name="evidence-remove"),
]
