from django.urls import path

from . import views

app_name = "candidates"

urlpatterns = [
    path("", views.CandidatesView.as_view(), name="list"),
    path("new/", views.NewView.as_view(), name="new"),
    path("clashes/", views.ClashesView.as_view(), name="clashes"),
    path("groups/", views.GroupsView.as_view(), name="groups"),
    path("groups/new/", views.GroupNewView.as_view(), name="group-new"),
    path("groups/<uuid:key>/", views.GroupView.as_view(), name="group"),
    path("groups/<uuid:key>/edit/", views.GroupRenameView.as_view(), name="group-edit"),
    path("groups/<uuid:key>/delete/", views.GroupDeleteView.as_view(), name="group-delete"),
    path("groups/<uuid:key>/add/", views.AddMembersView.as_view(), name="group-add"),
    path("groups/<uuid:key>/file/", views.MembersFileView.as_view(), name="group-file"),
    path("groups/<uuid:key>/remove/", views.RemoveMembersView.as_view(), name="group-remove"),
    path("groups/<uuid:key>/roll-over/", views.RollOverView.as_view(), name="group-roll-over"),
    path("<uuid:key>/", views.CandidateView.as_view(), name="candidate"),
    path("<uuid:key>/edit/", views.EditView.as_view(), name="candidate-edit"),
    path("<uuid:key>/merge/<uuid:other>/", views.MergeView.as_view(), name="merge"),
    path("<uuid:key>/differ/<uuid:other>/", views.DifferView.as_view(), name="differ"),
]
