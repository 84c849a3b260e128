# What a fresh clone needs: Python 3.11 or newer, git and make. Everything else goes into $(VENV).
#
#   make site    build the starter program in this checkout
#   make test    run every check
#   make quality let the Nu HTML checker and Lighthouse look at the starter; needs java, node, npm and chromium
#   make bench   measure Headway beside other generators, and write docs/benchmarks.md
#   make fuzz    try the parsers, and programs whose texts may not be seen, with inputs that nobody wrote
#   make kills   let every write of a build fail in every way, and kill 1,000 builds
#
# Another Python or another place: make site PYTHON=python3.13 VENV=/tmp/headway

PYTHON ?= python3
VENV ?= .venv

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# A stamp is newer than what it was made from; that is how a repeated call knows that there is nothing to do.
ENVIRONMENT := $(VENV)/.made
INSTALLED := $(VENV)/.installed
TEST_INSTALLED := $(VENV)/.installed-test
BENCH_INSTALLED := $(VENV)/.installed-bench
FUZZ_INSTALLED := $(VENV)/.installed-fuzz

# How long the parsers are fuzzed, and how many programs the law of withheld texts is tried with.
MINUTES ?= 10
CANARY_SEEDS ?= 200
KILLS ?= 1000

QUALITY := $(VENV)/quality
# Node 18 is enough for these.
CHECKERS := vnu-jar@26.9.27 lighthouse@12.8.2

# Options of the benchmarks, as in: make bench BENCH="--notes 20000 --rounds 5 --date 2026-01-31"
BENCH ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site test quality bench fuzz kills clean

help:
	@echo "make site    build the starter program into site/"
	@echo "make test    run ruff, mypy and pytest"
	@echo "make quality let the Nu HTML checker and Lighthouse look at the starter's pages"
	@echo "make bench   measure Headway beside Hugo, MkDocs, Pelican and Lektor; writes docs/benchmarks.md"
	@echo "make fuzz    fuzz the parsers for MINUTES=$(MINUTES), and withheld texts with CANARY_SEEDS=$(CANARY_SEEDS) programs"
	@echo "make kills   let every write of a build fail in every way, and kill KILLS=$(KILLS) builds"
	@echo "make clean   remove the environment, the caches and the built site"
	@echo
	@echo "PYTHON=$(PYTHON) and VENV=$(VENV) can be given, as in: make site PYTHON=python3.13"

site: $(INSTALLED)
	$(BIN)/headway build
	@echo "Look at it: $(CURDIR)/site/index.html"

test: $(TEST_INSTALLED)
	$(call debian,chromium,command -v chromium,the tests in a browser are passed over)
	$(BIN)/ruff check generator tests
	$(BIN)/ruff format --check generator tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2

# The Nu checker looks for the stylesheets where the pages are not: what it says of their policy is about its own place.
# What cannot be had here is said, and passed over: no page is worse for it.
quality: $(TEST_INSTALLED)
	$(call debian,nodejs,command -v node,nobody measures the pages with Lighthouse)
	$(call debian,npm,command -v npm,nobody reads the HTML of the pages)
	$(call debian,default-jre-headless,command -v java,nobody reads the HTML of the pages)
	$(call debian,chromium,command -v chromium,nobody measures the pages with Lighthouse)
	@$(BIN)/headway build --out "$(QUALITY)/site" >/dev/null
	@if command -v npm && timeout 300 npm install --silent --no-audit --no-fund --prefix "$(QUALITY)" $(CHECKERS); \
	  then :; else echo "NOT CHECKED: npm gives no $(CHECKERS)" >&2; rm -rf "$(QUALITY)/node_modules"; fi >/dev/null
	@if command -v java >/dev/null && [ -d "$(QUALITY)/node_modules" ]; then \
	  java -jar "$(QUALITY)/node_modules/vnu-jar/build/dist/vnu.jar" --skip-non-html --Werror \
	    --filterpattern '.*Content Security Policy.*' "$(QUALITY)/site" \
	  && echo "The Nu HTML checker has nothing to say."; \
	else echo "NOT CHECKED: nobody has read the HTML of the pages" >&2; fi
	@if [ -x /usr/bin/chromium ] && command -v node >/dev/null && [ -d "$(QUALITY)/node_modules" ]; then \
	  $(BIN)/python tests/browser/lighthouse.py "$(QUALITY)/site" "$(QUALITY)/node_modules"; \
	else echo "NOT CHECKED: nobody has measured the pages with Lighthouse" >&2; fi

bench: $(BENCH_INSTALLED)
	$(BIN)/python tests/benchmarks/run.py --out docs/benchmarks.md $(BENCH)

fuzz: $(FUZZ_INSTALLED)
	$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES)
	HEADWAY_CANARY_SEEDS=$(CANARY_SEEDS) $(BIN)/python -m pytest -n 2 tests/canary

kills: $(TEST_INSTALLED)
	HEADWAY_FAULTS=all HEADWAY_KILLS=$(KILLS) $(BIN)/python -m pytest -n 2 -rP tests/faults

clean:
	rm -rf build dist .headway .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find site -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
	if [ -f "$(ENVIRONMENT)" ]; then rm -rf "$(VENV)"; fi

$(INSTALLED): pyproject.toml generator/build_hook.py generator/headway/__init__.py $(ENVIRONMENT)
	$(PIP) install --editable .
	@touch $@

$(TEST_INSTALLED): $(INSTALLED)
	$(PIP) install --editable '.[test]'
	@touch $@

# The others have an environment of their own: none of them waits for what another one brings along.
$(BENCH_INSTALLED): tests/benchmarks/others.txt $(INSTALLED)
	$(BIN)/python -m venv "$(VENV)/others"
	"$(VENV)/others/bin/python" -m pip --quiet --disable-pip-version-check install --requirement $<
	@touch $@

# There is no atheris for every Python and system; without it, hypothesis tries the same laws.
$(FUZZ_INSTALLED): $(TEST_INSTALLED)
	$(PIP) install --editable '.[fuzz]' || echo "atheris cannot be installed here; going on without it" >&2
	@touch $@

# Debian keeps a part of venv, ensurepip, in a package of its own.
$(ENVIRONMENT):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Headway needs Python 3.11 or newer; name one with make PYTHON=..." >&2; exit 1; }
	$(call debian,python3-venv,$(PYTHON) -c "import ensurepip",no environment can be made)
	$(PYTHON) -m venv "$(VENV)"
	@touch $@

# $(call debian,package,how to see that it is there,what follows without it): install a package of Debian's where
# that is allowed without asking for a password; else say which one is missing.
define debian
@if ! { $(2); } >/dev/null 2>&1; then \
  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
  { command -v apt-get && $$as_root true \
    && { $$as_root apt-get install -y --no-install-recommends $(1) \
      || { $$as_root apt-get update && $$as_root apt-get install -y --no-install-recommends $(1); }; }; } >/dev/null 2>&1 \
    || echo "$(1) is missing and cannot be installed from here: $(3)." \
      "On Debian and Ubuntu: apt-get install $(1)" >&2; \
fi
endef
