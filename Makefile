# Everything starts here: `make` says what there is. The work is done by config/launch.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
LAUNCH = @exec "$(PYTHON)" config/launch/install.py

.DEFAULT_GOAL := help
.PHONY: help run test check bench eval models fmt schema demo-reset lock install

help:  ## Show this help
	@echo "Analytics Following. Needs Python 3.11, make and pip; everything else is installed under .venv, node_modules and var/."
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run:  ## Set up and run the whole product (PORT=8000 HOST=127.0.0.1)
	$(LAUNCH) run

test:  ## Set up and run all tests (ARGS="tests/credits -x" for some)
	$(LAUNCH) test $(ARGS)

check:  ## Format, lint, types, imports, migrations, deploy check, API schema: no server needed (ARGS=mypy for one)
	$(LAUNCH) check $(ARGS)

bench:  ## Measure: requests/s beside plain FastAPI, teams, the ledger, the engines (ARGS=analysis for one)
	$(LAUNCH) bench $(ARGS)

eval:  ## Score the engines on ../shared/data, write docs/ai-evaluation.md (ARGS="--engine rules --limit 0": one, all texts)
	$(LAUNCH) eval $(ARGS)

models:  ## Fetch the three large models of the engine `transformers` (3.3 GB; ARGS=--check reads what is there)
	$(LAUNCH) models $(ARGS)

fmt:  ## Bring the code into the house's format
	$(LAUNCH) fmt

schema:  ## Write docs/openapi.yaml anew from the code
	$(LAUNCH) schema

demo-reset:  ## Throw the embedded data away; the next run loads the demo anew
	$(LAUNCH) demo-reset

lock:  ## Write config/constraints.txt anew from what is installed
	$(LAUNCH) lock

install:  ## Make .venv with all tools, and nothing else
	$(LAUNCH) install
