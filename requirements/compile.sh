#!/bin/sh
# Rewrites the two hashed requirement lists from pyproject.toml. Needs uv; nothing else of the project does.
set -eu
cd "$(dirname "$0")/.."
common="--universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet pyproject.toml --group build"
uv pip compile $common --output-file requirements/run.txt "$@"
uv pip compile $common --group test --group lint --constraint requirements/run.txt --output-file requirements/test.txt "$@"
