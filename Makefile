# make install   .venv with Stemma and what its tests need
# make run       reads the sample edition (or FROM=folder) and serves it at http://127.0.0.1:8040
# make test      all tests, with style, types and layers
# make screenshots   the pictures of the README and the docs, from the sample edition, by Chromium
PYTHON ?= python3
SAMPLE := samples/edition
FROM ?= $(SAMPLE)
VENV := .venv
STEMMA := $(VENV)/bin/stemma

.PHONY: install run test screenshots quality speed clean
.DEFAULT_GOAL := help

help: ## say what can be made
	@sed -n '1,4s/^# //p' Makefile

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml
	@echo "Setting up $(VENV): one to two minutes the first time"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Stemma needs Python 3.11 or newer; try: make install PYTHON=python3.12"; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The sample edition has a store of its own, so that invented news never mixes with yours.
ifeq ($(FROM),$(SAMPLE))
run: export STEMMA_HOME ?= $(CURDIR)/.sample-store
endif
run: install
	@echo "Reading $(FROM)"
	@$(STEMMA) read "$(FROM)" || test $$? -eq 1
	@echo "Serving it; Ctrl-C stops"
	@exec $(STEMMA) serve

test: install
	@echo "Style, types, layers"
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check .
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-cache >/dev/null || $(VENV)/bin/lint-imports
	@echo "Tests"
	@PYTHONDONTWRITEBYTECODE= $(VENV)/bin/python -m compileall -q src # hundreds of commands are started
	@$(VENV)/bin/pytest -n 2 --maxschedchunk 4

screenshots: install
	@PYTHONPATH=tests/browser $(VENV)/bin/python bench/pictures.py

clean: ## take .venv and caches away
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
