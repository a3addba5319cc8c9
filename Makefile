# Two targets do everything a newcomer needs: `make demo` and `make test`. Python 3.11 or later is all they ask for.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
BLUEPRINT := blueprints/cap-fullstack

.PHONY: demo test test-fast lint types golden bench clean

# A day on which the example's waivers hold, so that the demo shows the same on any day.
EXAMPLE_DAY := 2026-11-23

demo: $(INSTALLED) ## render the guide's example, compile it, scan it
	$(BIN)/capgen init cap-fullstack --parameters $(BLUEPRINT)/example.yaml --force -o cap-production.yaml
	$(BIN)/capgen build cap-production.yaml -o out --today $(EXAMPLE_DAY)
	@echo
	@echo "The spec:        cap-production.yaml"
	@echo "The Terraform:   out/cap-production/eu-west-1/"
	@echo "The modules:     out/cap-production/modules/"
	@echo "The runbook:     out/cap-production/eu-west-1/RUNBOOK.md"

test: $(INSTALLED) ## every test; those that need Terraform run where it is found
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-fast: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not slow"

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(INSTALLED)
	$(BIN)/mypy

golden: $(INSTALLED) ## write the committed outputs anew
	$(BIN)/python -m pytest -m "not slow" --update-golden

bench: $(INSTALLED)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.review
	$(BIN)/python -m benchmarks.fleet

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@
