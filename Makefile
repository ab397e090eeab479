# Payung. A fresh machine needs Python 3.11, pip, git and make; everything else comes from the lock files.
PYTHON ?= python3.11
ifeq (, $(shell command -v $(PYTHON) 2>/dev/null))
PYTHON := python3
endif
UV := .tools/bin/uv
BIN := .venv/bin
STAMP := .make

.PHONY: run setup setup-dev setup-cluster test check journeys faults bench sbom audit lock clean

run: setup            ## set up, do the main job on the sample world, serve the site
	@$(BIN)/payung run

setup: $(STAMP)/base  ## prepare .venv; then .venv/bin/payung works

setup-dev: $(STAMP)/dev

setup-cluster: $(STAMP)/cluster  ## adds PySpark (needs Java 17 from the system)

$(UV): requirements/tools.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v[:2] >= (3, 11) else "Payung needs Python 3.11 or newer; this is %d.%d. Name another: make PYTHON=/path/to/python3.11" % v[:2])'
	@rm -rf .tools
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --require-hashes --target .tools -r requirements/tools.lock
	@touch $(UV)

$(STAMP)/venv: $(UV)
	@mkdir -p $(STAMP)
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@touch $@

$(STAMP)/base: $(STAMP)/venv requirements/base.lock pyproject.toml
	@echo "Menyiapkan .venv dari requirements/base.lock ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	@touch $@

$(STAMP)/dev: $(STAMP)/base requirements/dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

$(STAMP)/cluster: $(STAMP)/dev requirements/cluster.lock
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/cluster.lock
	@touch $@

check: setup-dev      ## style, types, the house contracts, migrations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@$(BIN)/payung check-migrations

test: check           ## everything, journeys on small worlds included
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not full and not slow"

journeys: setup-dev   ## the programmes at full size, and the long proofs
	@$(BIN)/pytest tests/journeys -m "full or not full" --durations=0
	@$(BIN)/pytest -n 2 --dist loadgroup -m slow --durations=10

faults: setup-dev     ## the month struck at random moments, 100 times (TIMES=n); see tests/faults
	@$(BIN)/python -m tests.faults.campaign --times $(or $(TIMES),100)

bench: setup-dev      ## each bench states its size and prints ratios
	@for file in $$(grep -l __main__ bench/*.py); do echo "== $$file"; $(BIN)/python $$file || exit 1; done

sbom: $(STAMP)/base    ## sbom.json: every package that comes along, with version, hash and licence
	@$(UV) venv --quiet --clear --python $(PYTHON) build/shipped && $(UV) venv --quiet --clear --python $(PYTHON) build/release
	@$(UV) pip install --quiet --python build/shipped/bin/python --require-hashes -r requirements/base.lock
	@$(UV) pip install --quiet --python build/release/bin/python --require-hashes -r requirements/release.lock
	@build/release/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml -o build/sbom.json build/shipped/bin/python
	@$(BIN)/python requirements/third_party.py

audit: sbom           ## known vulnerabilities of what comes along (asks the internet)
	@$(BIN)/python requirements/audit.py $(AUDIT)

lock:                 ## renew the lock files; they hold hashes and no addresses
	@cd requirements && for name in tools base dev cluster release; do \
	  ../$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade $$name.in -o $$name.lock || exit 1; done

clean:                ## remove what set-up made; the data folder stays
	@rm -rf .venv .tools .make build
