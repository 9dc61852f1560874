# `make up` runs Goodword, `make test` tests it; each first sets up what it needs, and only when that changed.

VENV := .venv
BIN := $(VENV)/bin
# A Python of 3.11 or later: name another with `make PYTHON=/path/to/python up`.
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	command -v $$each >/dev/null && $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$each && break; \
	done)

export UV_PYTHON_DOWNLOADS := never
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
# Compiled at once: the first start is then as quick as every other, wherever bytecode may not be written.
UV_INSTALL := $(BIN)/uv pip install --quiet --require-hashes --compile-bytecode
UV_COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-emit-index-url --no-header

# What the worker would compile when it first meets a large batch; kept in the folders of Python's own bytecode. What
# was compiled from sources that are as they were is only looked at (goodword/language/compiling.py).
KERNELS := $(shell find goodword/language -name '*.py')

.PHONY: setup setup-dev up test bench bench-language lock clean
.DELETE_ON_ERROR:

setup: $(VENV)/kernels.compiled

setup-dev: setup $(VENV)/dev.installed

up: setup
	@$(BIN)/goodword up

test: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2

# Figures, each beside its yardstick. `make bench ONLY="memory intake"` runs some.
bench: setup-dev
	$(BIN)/python -m bench $(ONLY)

bench-language: setup-dev
	$(BIN)/python -m bench language

# The lock files pin every package by its hash and hold no address. Run this after changing pyproject.toml.
lock: $(BIN)/uv
	$(UV_COMPILE) --group setup pyproject.toml -o requirements.lock
	$(UV_COMPILE) --group setup --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# uv comes from the lock like everything else: its lines are handed to the environment's own pip.
$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Goodword needs Python 3.11 or later: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) (once; it takes a minute or two)"
	@$(PYTHON) -m venv --clear $(VENV) >$(VENV).log 2>&1 && rm $(VENV).log || { \
		cat $(VENV).log >&2; rm -rf $(VENV) $(VENV).log; \
		echo "Python's venv module is missing or broken. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@awk '/^[a-z]/ { ours = /^uv==/ } ours' requirements.lock >$(VENV)/uv.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.lock

$(VENV)/runtime.installed: requirements.lock pyproject.toml | $(BIN)/uv
	@$(UV_INSTALL) -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --offline --editable .
	@touch $@

$(VENV)/kernels.compiled: $(VENV)/runtime.installed $(KERNELS)
	@echo "Compiling what reads and matches in bulk (once; about half a minute)"
	@$(BIN)/python -m goodword.config.kernels
	@touch $@

$(VENV)/dev.installed: requirements-dev.lock | $(BIN)/uv
	@$(UV_INSTALL) -r requirements-dev.lock
	@touch $@
