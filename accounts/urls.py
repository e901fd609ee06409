from django.urls import path

from .views import details, door

app_name = "accounts"
urlpatterns = [
    path("sign-in/", door.SignInView.as_view(), name="login"),
    path("sign-in/second-step/", door.SecondStepView.as_view(), name="second-step"),
    path("sign-out/", door.SignOutView.as_view(), name="logout"),
    path("forgotten-password/", door.ForgottenPasswordView.as_view(), name="password-forgotten"),
    path("choose-password/", door.ChoosePasswordView.as_view(), name="password-choose"),
    path("home/", door.HomeView.as_view(), name="home"),
    path("my-details/", details.MyDetailsView.as_view(), name="my-details"),
    path("my-details/name/", details.ChangeNameView.as_view(), name="name-change"),
    path("my-details/password/", details.ChangePasswordView.as_view(), name="password-change"),
    path("my-details/second-factor/", details.SetUpSecondFactorView.as_view(), name="second-factor-set-up"),
    path("my-details/second-factor/off/", details.RemoveSecondFactorView.as_view(), name="second-factor-remove"),
    path("my-details/sessions/end/", details.EndSessionView.as_view(), name="session-end-others"),
    path("my-details/sessions/<int:pk>/end/", details.EndSessionView.as_view(), name="session-end"),
    path("my-details/browsers/<int:pk>/forget/", details.ForgetBrowserView.as_view(), name="browser-forget"),
    path("stay-signed-in/", details.StaySignedInView.as_view(), name="stay-signed-in"),
]
