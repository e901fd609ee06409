# One image for web, worker, beat and the one-off commands: docker-compose.yml says which of them it is.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=entries_portal.settings.base \
    VAR_DIR=/var/lib/portal \
    STATIC_ROOT=/srv/static

RUN useradd --system --user-group --uid 10001 --no-create-home --home-dir /nonexistent portal \
    && install --directory --owner=portal --group=portal /var/lib/portal

WORKDIR /srv/portal

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .

# The files belong to the image, not to the volume: a new image brings its own. The key is thrown away.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    python manage.py collectstatic --noinput

USER 10001
VOLUME /var/lib/portal
EXPOSE 8000

# Asks as the proxy does: by the name of the site, and over HTTPS where BEHIND_TLS_PROXY is set.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os; from urllib.parse import urlsplit; from urllib.request import Request, urlopen; urlopen(Request('http://127.0.0.1:8000/health/', headers={'Host': urlsplit(os.environ['SITE_URL']).netloc, 'X-Forwarded-Proto': 'https'}), timeout=4)"]
