# `make run` and `make test` are all that a newcomer needs. `make check` is what CI runs.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
SERVICES ?= DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres REDIS_URL=redis://127.0.0.1:6379/9

.PHONY: run test long check lint services-smoke screenshots bench lock clean

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run

run: .venv/run  ## the portal with its background work on http://127.0.0.1:8000 (PORT=...)
	@DEBUG=$${DEBUG:-false} exec $(BIN)/python manage.py run_portal --port $(PORT)

test: .venv/dev  ## the whole suite; with DATABASE_URL and REDIS_URL set, on PostgreSQL and Redis
	$(BIN)/pytest

long: .venv/dev  ## the tests marked long in their full length, on PostgreSQL and Redis
	$(SERVICES) $(BIN)/pytest -m long --long

check: lint  ## everything that must hold before anything lands
	$(MAKE) test PYTEST_ADDOPTS="-n 2 -m 'not browser and not stopwatch'"
	$(SERVICES) $(MAKE) test PYTEST_ADDOPTS="-n 2 -m 'not browser and not without_database and not stopwatch'"
	$(SERVICES) $(MAKE) test PYTEST_ADDOPTS="-n 2 -m browser"
	$(SERVICES) $(MAKE) test PYTEST_ADDOPTS="-m stopwatch"
	$(SERVICES) $(MAKE) services-smoke

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=portal.example \
		DJANGO_SETTINGS_MODULE=entries_portal.settings.base $(BIN)/python manage.py check --deploy --fail-level WARNING

services-smoke: .venv/dev  ## web, worker and beat as docker-compose.yml starts them, and the main job through them
	$(BIN)/python -m tests.smoke.services

screenshots: .venv/dev  ## every page at 1280 and 375 pixels wide, under var/screenshots
	$(BIN)/pytest tests/browser/test_screenshots.py -m browser --screenshots

bench: .venv/dev  ## how fast the large jobs are, against a library and a bare COPY; writes docs/performance.md
	$(SERVICES) $(BIN)/python -m benchmarks

lock:  ## compile the pinned requirement files from the .in files
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --strip-extras --allow-unsafe -o requirements.txt requirements.in
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --strip-extras --allow-unsafe -o requirements-dev.txt requirements-dev.in

clean:
	rm -rf .venv var
