"""Base settings, loosened for one machine: a laptop, or `make run`."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-development-" + "x" * 50)
os.environ.setdefault("HTTPS_ONLY", "false")
os.environ.setdefault("STEP_CONFIRM_AFTER", "60s")
os.environ.setdefault("STAFF_ALERT_EMAIL", "step-team@portal.example")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from .base import *  # noqa: F403  (the lines above are what base reads)

DEBUG = env.bool("DEBUG", True)  # noqa: F405
DEMO_USERS_MAY_SIGN_IN = True
SECOND_FACTOR_FOR_STAFF = False  # so that the demo can be looked at without a telephone
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WSGI_APPLICATION = None  # the production door refuses DEBUG; runserver makes its own
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # static files without collecting, also without DEBUG
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
