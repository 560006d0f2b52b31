SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
SYNC := $(BIN)/uv pip sync --quiet --require-hashes --only-binary :all: --python $(BIN)/python
PO := $(wildcard translations/*/LC_MESSAGES/messages.po)
ASSETS := $(shell find app/ui/static -type f 2>/dev/null)

# Certificates of the system, where it has any: behind a company's proxy the built-in ones are not enough.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := 1
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
unexport PYTHONDONTWRITEBYTECODE # kept bytecode halves every start

##@ Every day
.PHONY: help
help: ## What can be made
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: setup
setup: .venv/.dev $(PO:.po=.mo) instance/static/manifest.json ## Everything a developer needs, in .venv and build

.PHONY: run
run: export MUFAKAT_ENV := demonstration
run: .venv/.run $(PO:.po=.mo) instance/static/manifest.json ## The demonstration on http://127.0.0.1:8000 (PORT=… changes it)
	@exec $(BIN)/python -m deploy.demonstration $(PORT)

.PHONY: test
test: setup ## Every test, on SQLite and on PostgreSQL (ARGS="-k ballot" narrows)
	@deploy/debian-test-packages.sh
	@tests/both_engines.sh $(ARGS)

.PHONY: check
check: setup ## What a change must pass beside the tests
	@tests/checks.sh

.PHONY: fix
fix: .venv/.dev ## Put right what tools can put right
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .

##@ One at a time
.PHONY: lint types
lint: .venv/.dev ## Style of Python and templates, and the order of rooms
	@tests/checks.sh lint
types: .venv/.dev ## mypy, strict
	@tests/checks.sh types

.PHONY: bench
bench: setup ## Processor time per page, as ratios
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_voting
	$(BIN)/python -m tests.bench_roll
	$(BIN)/python -m tests.bench_growth
	$(BIN)/python -m tests.bench_growth --engine postgresql
	$(BIN)/python -m tests.bench_innovations
	$(BIN)/python -m tests.bench_monitoring
	$(BIN)/python -m tests.bench_monitoring

##@ After a change
.PHONY: migration
migration: export MUFAKAT_ENV := development
migration: .venv/.dev ## A migration from the models: make migration m="add comments"
	@test -n "$(m)" || { echo 'Say what it does: make migration m="add comments"' >&2; exit 2; }
	$(FLASK) db upgrade
	$(FLASK) db migrate -m "$(m)"

.PHONY: translations
translations: .venv/.dev ## Collect the words of code and templates into the catalogues
	@$(BIN)/pybabel -q extract -F babel.cfg -k _l -k _n:1,2 --no-location --sort-output \
		--project=Mufakat --copyright-holder="the Mufakat contributors" -o $(POT) .
	@for language in $(LANGUAGES); do \
		[ -e translations/$$language/LC_MESSAGES/messages.po ] || $(BIN)/pybabel -q init -i $(POT) -d translations -l $$language; \
	done
	@$(BIN)/pybabel -q update -i $(POT) -d translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
POT := translations/messages.pot
LANGUAGES := en

.PHONY: docs
docs: .venv/.dev ## docs/permissions.md and docs/lifecycles.md, printed from the code
	$(BIN)/python docs/printed.py

.PHONY: lock
lock: .venv/.dev ## requirements*.txt, newest versions within the ranges of pyproject.toml
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
LOCK := --quiet --upgrade --generate-hashes --no-annotate --python-version 3.11 --custom-compile-command "make lock"

# Stamps: each step runs again only when what it stands on has changed.
.venv/.uv: deploy/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; PYTHON=python3.12 names another one." >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null \
		|| { rm -rf .venv; echo "No virtual environment could be made. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r deploy/uv.txt
	@touch $@

# With the development packages in place they stay: their file holds the same versions of everything else.
.venv/.run: .venv/.uv requirements.txt
	@if [ -e .venv/.dev ]; then $(SYNC) requirements-dev.txt; else $(SYNC) requirements.txt; fi
	@touch $@

.venv/.dev: .venv/.uv requirements.txt requirements-dev.txt
	@$(SYNC) requirements-dev.txt
	@touch $@ .venv/.run

%.mo: %.po | .venv/.run
	@$(BIN)/pybabel -q compile -i $< -o $@ -l $(word 2,$(subst /, ,$@))

instance/static/manifest.json: $(ASSETS) app/web/assets.py | .venv/.run
	@MUFAKAT_ENV=development $(FLASK) assets build
