# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: demo check test bench
.DELETE_ON_ERROR:

demo: $(VENV)/demo.stamp
	$(RUN) -m demo

check: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

test: check $(VENV)/demo.stamp
	$(RUN) -m pytest --cov --cov-report=term

bench: $(VENV)/dev.stamp
	$(RUN) -m bench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The chat page draws cards with Microsoft's renderer; without npm and Node it loads the same files from a content network.
$(VENV)/demo.stamp: $(VENV)/dev.stamp demo/page/package.json demo/page/package-lock.json
	$(RUN) -m demo.renderer || echo "The renderer could not be installed; the page will load it from a content network."
	@touch $@
