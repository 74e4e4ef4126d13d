# Setting up, testing, and what a developer uses. Needs only Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEV := $(VENV)/.dev
RUN := $(VENV)/.run

.DEFAULT_GOAL := help
.PHONY: help install test lint types unit samples bench picture clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(RUN): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]'
	@touch $@

$(DEV): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(RUN)

install: $(RUN) ## make .venv with parcheck in it

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
	@$(BIN)/python tests/benchmarks/reading.py $(FILES)

picture: $(DEV) ## draw docs/images/, the pictures in the README (the second needs chromium)
	@$(BIN)/python docs/make_picture.py
	@$(BIN)/python docs/make_report_picture.py

clean: ## remove what the other commands made
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
