# Two commands for a newcomer: `make run` and `make test`. They need Python >= 3.11, make and git; everything else comes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run demo test check fix fuzz setup chaos crowds bench rules lists clean help

help:                           ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 10

run: demo                       ## install, fill a demonstration, serve it (http://localhost:8000)

demo:
	@$(PYTHON) scripts/setup.py run
	@$(BIN)/monitor demo $(ARGS)

test:                           ## install, then every check and every test, on SQLite and on PostgreSQL
	@$(PYTHON) scripts/setup.py test
	@$(BIN)/python scripts/check.py --tests

check:                          ## the checks alone: lint, format, types, imports, house rules, migrations, protocols
	@$(PYTHON) scripts/setup.py test
	@$(BIN)/python scripts/check.py

fix:                            ## let the formatter and the safe fixes of the linter do what they can
	@$(PYTHON) scripts/setup.py test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fuzz:                           ## attack the API for an hour or so, with new data each time, on both databases
	@$(PYTHON) scripts/setup.py test
	@$(BIN)/python scripts/fuzz.py $(ARGS)

setup:                          ## install what tests need (which includes what running needs)
	@$(PYTHON) scripts/setup.py test

chaos:                          ## 1,000 reminders, a bad provider, 50 kills, on each database: who got nothing, who too much (minutes)
	@$(PYTHON) scripts/setup.py test
	@$(BIN)/python -m tests.chaos $(ARGS)

crowds:                         ## start, kill, freeze and stop real processes for a long time, with crowds (minutes)
	@$(PYTHON) scripts/setup.py test
	@CHAOS=long $(BIN)/pytest -q tests/processes $(ARGS)

bench:                          ## measure, each figure beside a floor taken in the same run
	@$(PYTHON) scripts/setup.py test
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file $(ARGS) || exit 1; done

rules:                          ## write docs/clinical-rules.md again from the tables of tests/spec
	@$(PYTHON) scripts/setup.py test
	@$(BIN)/python scripts/clinical_rules.py

lists:                          ## write the hashed requirement lists again after a change of dependencies (needs uv)
	@sh requirements/compile.sh

clean:                          ## forget the installed environment; never the data in var/
	@rm -rf .venv
