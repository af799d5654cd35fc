# Suluh's verbs. `make run` and `make test` need Python 3.11 or newer and nothing else; they prepare .venv themselves.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?=
ARGS ?=
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
PYTEST := PYTHONDONTWRITEBYTECODE= OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --build-deps-for editable --allow-unsafe

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

.PHONY: help run demo test lint fix migrate bench screenshots lock translations browser-tools

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: .venv/run.stamp $(CATALOGUES) ## Start everything: portal, desk, worker, Redis; Ctrl-C stops it
	@exec $(BIN)/suluh up $(ARGS)

demo: ## Send synthetic reports through the running portal; ARGS="--reports 200" sends more
	@$(BIN)/suluh demo $(ARGS)

test: .venv/dev.stamp $(CATALOGUES) ## Run all tests; ARGS are pytest's, for example ARGS="tests/worker"
	@$(PYTEST) $(if $(ARGS),$(ARGS),-m "not alone" -n 3 --dist worksteal)
	@$(if $(ARGS),,$(PYTEST) -m alone tests/browser)

lint: .venv/dev.stamp ## Style, types, import rules, house rules and plain language
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m lint.house_rules
	@$(BIN)/python -m lint.plain_language

fix: .venv/dev.stamp ## Repair what ruff can repair
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

migrate: .venv/run.stamp ## Bring the database to the newest schema
	@$(BIN)/suluh migrate

bench: .venv/dev.stamp $(CATALOGUES) ## Measure what the README claims
	@$(BIN)/python -m benchmarks $(ARGS)

screenshots: .venv/dev.stamp $(CATALOGUES) ## Take the pictures of the documentation from a running system
	@$(BIN)/python -m benchmarks.screenshots $(ARGS)

translations: .venv/dev.stamp ## Collect the texts of pages and code into the catalogues, where people translate them
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract --mapping-file babel.cfg --add-location file --output-file build/messages.pot .
	@$(BIN)/pybabel --quiet update --input-file build/messages.pot --output-dir translations --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/pybabel compile --directory translations --statistics

browser-tools: build/browser-tools/stamp ## Install what the browser tests measure with: Lighthouse, axe (needs npm)

lock: .venv/dev.stamp ## Pin every dependency anew in both lock files
	@$(LOCK) --output-file requirements.lock pyproject.toml
	@$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Preparing the environment." >&2
	@$(INSTALL) --require-hashes --only-binary :all: -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Preparing the environment for development." >&2
	@$(INSTALL) --require-hashes --only-binary :all: --no-binary bagit -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

build/browser-tools/stamp: tests/browser/node/package-lock.json
	@mkdir -p build/browser-tools
	@cp tests/browser/node/package.json tests/browser/node/package-lock.json build/browser-tools/
	@cd build/browser-tools && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

%.mo: %.po | .venv/bin/python
	@test -x $(BIN)/pybabel || $(MAKE) --no-print-directory .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.venv/bin/python:
	@for python in $(if $(PYTHON),$(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
		if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python -m venv .venv; \
		fi; \
	done; \
	echo "Suluh needs Python 3.11 or newer with its venv module (Debian: python3-venv). Name one with PYTHON=..." >&2; \
	exit 1
