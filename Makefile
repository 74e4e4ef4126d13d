# The two commands of the README, and the ones a developer uses. Needs only Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEV := $(VENV)/.dev
RUN := $(VENV)/.run

.DEFAULT_GOAL := help
.PHONY: help demo demo-good test lint types unit samples bench picture clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(RUN): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[signatures]'
	@touch $@

$(DEV): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[signatures,dev]'
	@touch $@ $(RUN)

demo: $(RUN) ## check the sample province; ends with exit code 1, its evidence has faults
	@$(BIN)/parcheck check samples/tinh-truong-giang --rules par-tinh-2025

demo-good: $(RUN) ## check the sample department; ends with exit code 0, its evidence is in order
	@$(BIN)/parcheck check samples/so-noi-vu-truong-giang --rules samples/rules/par-so-mau-2025

test: lint types unit ## run everything that CI runs

lint: $(DEV) ## style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(DEV) ## static types
	@$(BIN)/mypy

unit: $(DEV) ## all tests
	@$(BIN)/python -m pytest -n auto

samples: $(DEV) ## make the sample submissions anew
	@$(BIN)/python -m samples.make

bench: $(DEV) ## speed of reading as ratios to PDFium and pdfplumber: make bench FILES="a.pdf b.pdf"
	@$(BIN)/python benchmarks/reading.py $(FILES)

picture: $(DEV) ## draw docs/images/report.svg, the picture in the README
	@$(BIN)/python docs/make_picture.py

clean: ## remove what the other commands made
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
