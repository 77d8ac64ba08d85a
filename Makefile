# Everything one types here. `make run` and `make test` set the house up by themselves.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
MOMENT ?= one-year-later
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup dev run demo test quick lint check bench lock migration shots

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## environment, dependencies, assets, catalogues (needs Python 3.11+ alone)
	@test -n "$(PYTHON)" || { echo "Liqaa needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) tools/setup.py

dev: ## the same, with what tests and checks need
	@test -n "$(PYTHON)" || { echo "Liqaa needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) tools/setup.py --dev

run: setup ## database, Agadir demonstration, server and jobs on 127.0.0.1:8000 (PORT=, DATABASE_URL=, DEMO=0)
	@exec $(BIN)/python tools/serve.py

demo: setup ## put the demonstration of this PORT at MOMENT=invitations|eve|day1|plenary|published|one-year-later
	@$(BIN)/python tools/serve.py demo $(MOMENT)

# Three processes: a test that waits for a browser, a child or a clock leaves its core to the others.
test: check ## everything that CI runs, on SQLite and PostgreSQL
	@$(BIN)/pytest --numprocesses 3 --dist worksteal --quiet

quick: dev ## the developer's loop: lint and the fast tests on SQLite, in under 90 seconds
	@$(BIN)/ruff check --quiet .
	@$(BIN)/python tools/catalogues.py check | tail -1
	@$(BIN)/pytest --engine sqlite -m "not browser and not slow" --numprocesses 3 --dist worksteal --quiet

lint: dev ## formatting, lint, types, import contracts, words
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/catalogues.py check | tail -1

check: lint

bench: dev ## measure speed and memory, printed as a table (PARTS="public registration")
	@$(BIN)/python -m bench.run $(PARTS)

lock: ## write the locked requirements again from the .in files (needs uv)
	uv pip compile requirements.in -o requirements.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet $(UPGRADE)
	uv pip compile requirements-dev.in -o requirements-dev.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet $(UPGRADE)
	uv pip compile requirements-node.in -o requirements-node.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet $(UPGRADE)

migration: setup ## write the first migration again from the models (nothing is released yet)
	@$(BIN)/python tools/migration.py

shots: dev ## take the pictures of the README from a demonstration that runs (PORT=)
	@$(BIN)/python tools/pictures.py http://127.0.0.1:$(or $(PORT),8000)
