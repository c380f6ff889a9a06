# Each command makes its own .venv when it is missing or older than pyproject.toml and constraints.txt.
# Words for Hydra pass through ARGS:  make train ARGS="model=logistic seed=7"
PYTHON ?= python3
ARGS ?=
PORT ?= 5000
BIN := .venv/bin
# One thread a process: two cores are best spent on two jobs, and the same figures come out of any machine.
export OMP_NUM_THREADS ?= 1
export MLFLOW_DISABLE_TELEMETRY := true
export DO_NOT_TRACK := true

.DEFAULT_GOAL := help
.PHONY: help train evaluate predict compare promote reproduce suspects corpus check-data ui test check

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

.venv/ready: pyproject.toml constraints.txt
	@echo "preparing .venv (a minute or two, once)"
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11 to 3.13 is needed: make PYTHON=python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

train: .venv/ready  ## train a stance model, log its run, register it as "stance"
	@$(BIN)/python -m training.train $(ARGS)

evaluate: .venv/ready  ## score the champion:  ARGS="data=examples data.path=FILE"
	@$(BIN)/python -m training.evaluate $(ARGS)

predict: .venv/ready  ## read articles:  ARGS="input=FILE output=FILE"
	@$(BIN)/python -m training.predict $(ARGS)

compare: .venv/ready  ## compare runs, pair by pair:  ARGS="runs=[RUN_ID,RUN_ID]"
	@$(BIN)/python -m training.compare $(ARGS)

promote: .venv/ready  ## make a version champion by hand:  ARGS="version=N reason='...'"
	@$(BIN)/python -m training.promote $(ARGS)

reproduce: .venv/ready  ## train a run again and compare to the last digit:  RUN=RUN_ID
	@$(BIN)/python -m training.reproduce run=$(RUN) $(ARGS)

suspects: .venv/ready  ## the labels a model doubts most, to be corrected:  ARGS="data.path=FILE"
	@$(BIN)/python -m training.suspects $(ARGS)

corpus: .venv/ready  ## what our own corpus holds, its datasheet, its export:  ARGS="output=FOLDER"
	@$(BIN)/python -m training.datasheet $(ARGS)

check-data: .venv/ready  ## what a labelled corpus holds:  ARGS="data.path=FILE"
	@$(BIN)/python -m training.check_data $(ARGS)

ui: .venv/ready  ## compare runs in the browser, on this machine alone (PORT=5000)
	@echo "open http://127.0.0.1:$(PORT)/#/experiments?workflowType=machine_learning"
	@MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false $(BIN)/mlflow ui --host 127.0.0.1 --port $(PORT) --workers 1 \
	  --backend-store-uri sqlite:///mlflow.db $(ARGS)

test: .venv/ready  ## the tests
	@$(BIN)/python -m pytest $(ARGS)

check: .venv/ready  ## style, types, layers and tests: what CI runs
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 2 --dist loadfile
