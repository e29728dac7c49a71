# `make help` lists what there is. Two commands matter to a newcomer: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1
PORT ?= 8000
# The second program has its own settings, so its tests are a run of their own.
COMPLAINTS := $(BIN)/pytest --ds=ketenwijs.config.settings.complaints_test src/ketenwijs/complaints
export PYTHONUNBUFFERED = 1

.PHONY: help setup setup-test demo run test check lint types content translations messages unit unit-postgres journeys screenshots bench lock wheel clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

.venv/.runtime: requirements/dev.txt pyproject.toml package-lock.json
	tools/system_packages.sh run
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	$(BIN)/python tools/vendor.py
	touch $@

# Apart from the packages: a translation changes more often than they do.
.venv/.messages: .venv/.runtime $(wildcard src/ketenwijs/locale/*/LC_MESSAGES/django.po)
	$(BIN)/python tools/messages.py compile
	touch $@

.venv/.test: .venv/.messages
	tools/system_packages.sh test
	touch $@

setup: .venv/.messages  ## Python packages, browser files, translations
setup-test: .venv/.test

demo: setup  ## fill the demonstration world and serve it on port 8000 (SERVE=0: only fill)
	$(BIN)/ketenwijs demo
	$(BIN)/ketenwijs complaints-demo
ifneq ($(SERVE),0)
	@echo "Open http://localhost:8001/ for the complaints program, a second program with its own database."
	$(BIN)/ketenwijs complaints-serve --bind 127.0.0.1:8001 & second=$$!; trap "kill $$second" EXIT INT TERM; \
	  COMPLAINTS_ADDRESS=http://localhost:8001 $(BIN)/ketenwijs demo --serve --port $(PORT)
endif

run: setup  ## serve what is in the data folder
	$(BIN)/ketenwijs serve --bind 127.0.0.1:$(PORT)

test: setup-test check unit unit-postgres journeys  ## everything CI runs

check: setup-test lint types content translations  ## all that needs no database

lint:  ## style, imports, templates
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/djlint --lint --quiet src

types:  ## static types
	$(BIN)/mypy
	$(BIN)/mypy --config-file tools/mypy-complaints.toml

content:  ## all content files
	$(BIN)/ketenwijs check-content
	$(BIN)/ketenwijs complaints-check-content

translations:  ## Dutch and French complete, no leftovers
	$(BIN)/python tools/messages.py check

messages:  ## collect and compile screen texts
	$(BIN)/python tools/messages.py collect
	$(BIN)/python tools/messages.py compile

unit:  ## architecture and tests on SQLite
	$(BIN)/pytest -n 2 -m "not browser"
	$(COMPLAINTS) -n 2 -m "not browser"

unit-postgres:  ## the same on a PostgreSQL that is started for it
	tools/postgres_for_tests.sh $(BIN)/pytest -n 2 -m "not browser"
	tools/postgres_for_tests.sh $(COMPLAINTS) -n 2 -m "not browser"

journeys:  ## real browser over the demonstration world, with axe
	$(BIN)/pytest -m browser
	$(COMPLAINTS) -m browser

screenshots: setup-test  ## pictures of the walk at 360 and 1280 px into screenshots/
	SCREENSHOTS=screenshots $(BIN)/pytest -m browser

bench: setup-test  ## measurements, printed as ratios and processor time
	for script in benchmarks/*.py; do $(BIN)/python $$script; done

lock:  ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --group test --group lint --extra s3 --generate-hashes --no-header -o requirements/dev.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements/runtime.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --extra spark --generate-hashes --no-header -c requirements/runtime.txt -o requirements/spark.txt

wheel: setup  ## a wheel that carries its browser files and content
	$(BIN)/hatchling build -t wheel

clean:  ## remove what setup and demo made
	rm -rf .venv data node_modules src/ketenwijs/foundation/ui/static/vendor
