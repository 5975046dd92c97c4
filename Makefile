# The front door: every task is a target, and CI calls the same ones.
PYTHON ?= python3
SHARED ?= ../shared
V := .venv/bin
STAMP := .venv/.installed

.PHONY: run demo test lint types docs gate bench load fuzz screenshots man format clean

run: $(STAMP)   ## set up, read a bundled example, then open the desk with the demonstration; Ctrl-C ends it
	@$(V)/onrecord read examples/harbour-levy.html
	@$(V)/onrecord read --format html -o report.html examples/harbour-levy.html
	@echo "The same as a page: report.html. Try: $(V)/onrecord read PAGE-OR-ADDRESS"
	@$(V)/onrecord --home demo-record serve --demo

demo: $(STAMP)  ## replay ten days of invented news through the real road: stories, accounts, changes and alerts
	rm -rf demo-record
	$(V)/onrecord --home demo-record demo

test: $(STAMP)  ## set up and run the tests
	$(V)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(STAMP)
	$(V)/ruff check .
	$(V)/ruff format --check .

format: $(STAMP)
	$(V)/ruff check --fix .
	$(V)/ruff format .

types: $(STAMP)
	$(V)/mypy --strict onrecord

docs: $(STAMP)  ## check the documentation: links, the schema and the commands it shows
	$(V)/python -m evaluation.docs

gate: $(STAMP)  ## every figure against its floor
	$(V)/python -m evaluation.gate --shared $(SHARED)

bench: .venv/.bench ## speed and memory, beside peers in the same run
	$(V)/python -m benchmarks.bench --shared $(SHARED)

.venv/.bench: $(STAMP) requirements-bench.lock
	$(V)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements-bench.lock
	touch .venv/.bench

load: $(STAMP)  ## the record under load: recording and searching, and following 1,000 local outlets with 20,000 articles
	$(V)/python -m benchmarks.store
	$(V)/python -m benchmarks.resolving --sizes 1000 10000
	$(V)/python -m benchmarks.load
	$(V)/python -m benchmarks.desk --size 10000

screenshots: $(STAMP)  ## the pictures of the desk in docs/, taken with Debian's Chromium
	$(V)/python -m tests.serve.screenshots

man: $(STAMP)  ## write the manual page again, from the commands
	$(V)/onrecord man > man/onrecord.1

fuzz: $(STAMP)  ## 10,000 mutated pages, feeds and WARC files each
	$(V)/python -m tests.fuzz --pages 10000
	$(V)/python -m tests.fuzz_feeds --inputs 10000
	$(V)/python -m tests.fuzz_warc --files 10000

$(STAMP): requirements.lock pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	$(V)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements.lock
	$(V)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $(STAMP)

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis report.html demo-record
