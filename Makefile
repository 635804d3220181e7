# make demo    the main job on sample_data/; results in out/
# make test    linters, types and the whole test suite
# make check   the quick loop: the same without slow tests, with branch coverage
# make bench   the benchmarks of docs/explanation/performance.md
# make fuzz    an hour of changed bytes for every reader; docs/explanation/fuzzing.md
# make docs    the documentation as a site in out/site/, from what is installed
# make wheel   the package for `pipx install`, in dist/
# make lock    bring constraints.txt up to pyproject.toml; without the file, newest of all
# make clean   remove what these commands made
#
# Each of them first makes .venv, if need be, from the locked constraints.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TALLYMARK := $(BIN)/tallymark
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest -n 2

.PHONY: demo test check lint bench docs fuzz wheel lock clean
.DEFAULT_GOAL := demo
.SUFFIXES:

demo: $(VENV)/.ready
	@mkdir -p out
	$(TALLYMARK) check sample_data --out out --fail-on never >out/findings.txt
	@head -n 1 out/findings.txt
	$(TALLYMARK) table sample_data/ncmec_cybertips -o out/cybertips.html
	$(TALLYMARK) table sample_data/ncmec_cybertips -o out/cybertips.md
	$(TALLYMARK) table sample_data/ncmec_cybertips -o out/cybertips.csv
	$(TALLYMARK) table sample_data/eth_ocsea_cases --rows stage -o out/ethiopia.html
	@echo "A ranking of countries by these reports is refused:"
	! $(TALLYMARK) table sample_data/ncmec_cybertips --order value
	@echo "A text is held to the figures, and what it says too much is told:"
	$(TALLYMARK) claim sample_data/report.md >out/claims.txt || test $$? -eq 1
	@rm -rf out/unknown out/template.xlsx
	@echo "A workbook that no adapter fits is read with guesses, told as such:"
	$(TALLYMARK) check docs/tutorial/police-table-4.xlsx --out out/unknown --fail-on never >out/unknown.txt
	@head -n 1 out/unknown.txt
	$(TALLYMARK) template --area XAA --years 2017-2019 -o out/template.xlsx
	@echo
	@echo "Results, each with what it was made from in a .provenance.json:"
	@echo "  out/findings.html   what is wrong in sample_data/, by cell, and what to ask; .txt too"
	@echo "  out/return-*.xlsx   the questions of each file, for its sender; tallymark answers read"
	@echo "  out/cybertips.html  tip-line reports about thirteen countries; .md, .csv too"
	@echo "  out/ethiopia.html   Ethiopia's zeros, and why they are no absence"
	@echo "  out/claims.txt      what of the sentences of sample_data/report.md may be printed"
	@echo "  out/unknown/        findings of an unknown workbook, questions, and mapping.xlsx to decide"
	@echo "  out/template.xlsx   the workbook that a country fills in"

test: lint
	@.ci/need-chromium
	@.ci/need-java
	@$(PYTEST)

check: lint
	@$(PYTEST) -m "not slow" --cov --cov-report=term:skip-covered

lint: $(VENV)/.ready
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run $(BIN)/ruff format ."; exit 2; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >$(VENV)/imports.log || { cat $(VENV)/imports.log; exit 2; }
	@$(BIN)/deptry src 2>$(VENV)/deptry.log || { cat $(VENV)/deptry.log; exit 2; }
	@$(BIN)/vulture
	@echo "ruff, mypy, lint-imports, deptry, vulture: nothing to report"

bench: $(VENV)/.ready
	@.ci/need-java
	@$(BIN)/python benchmarks/run.py $(BENCH)

docs: $(VENV)/.ready
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --clean
	@echo "out/site/index.html  the documentation; its search needs a server: python -m http.server -d out/site"

fuzz: $(VENV)/.ready
	@$(PIP) --require-hashes -r tests/fuzz/constraints.txt
	@$(BIN)/python tests/fuzz/run.py --date $$(date +%F)

wheel: $(VENV)/.ready
	@$(BIN)/python -m hatchling build -t wheel

lock: $(VENV)/.ready
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	  --no-emit-index-url --group dev pyproject.toml -o constraints.txt
	@echo "constraints.txt agrees with pyproject.toml"

clean:
	@rm -rf $(VENV) out dist build benchmarks/data .coverage .mypy_cache \
	  .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# The environment, in two steps: the lock with hashes, then the project without
# dependencies. Each step leaves a stamp, so that the next run skips it.

$(VENV)/.ready: $(VENV)/.locked pyproject.toml
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.locked: constraints.txt | $(VENV)/.made
	@echo "Installing the locked packages into $(VENV) (once, a few minutes) ..."
	@$(PIP) --require-hashes -r constraints.txt || { \
	  echo "Once more, past pip's cache ..."; \
	  $(PIP) --no-cache-dir --require-hashes -r constraints.txt; }
	@touch $@

$(VENV)/.made:
	@.ci/make-venv $(PYTHON) $(VENV)
	@touch $@
