# One command each. `make demo` to see it, `make test` before a change is sent, `make check` before it lands.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DATA   ?=
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: fuzz sanitize demo test lint check bench build docs clean format mutants

$(BIN)/govmedia-screen: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[documents]"

$(VENV)/.ready: pyproject.toml constraints.txt tools/system.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[all,ray,spark,dev]"
	sh tools/system.sh
	touch $@

demo: $(BIN)/govmedia-screen  ## screen the examples: findings here, and report.html to open in a browser
	@$(BIN)/govmedia-screen check examples/*.txt examples/*_*.md || test $$? -eq 1 # 1 is: something was found
	@$(BIN)/govmedia-screen check examples/*.txt examples/*_*.md --format html --output report.html || test $$? -eq 1
	@echo
	@echo "报告：用浏览器打开 report.html（离线可看）。审查自己的稿件：$(BIN)/govmedia-screen check 文件"

test: lint  ## everything that CI runs
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.ready  ## format, lint, types, floors, lexicons
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/govmedia-screen lexicon check

check: test  ## all that is asked of a change

format: $(VENV)/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready  ## make bench DATA=folder: speed as ratios, quality on real text
	$(BIN)/python benchmarks/speed.py $(DATA)
	$(BIN)/python benchmarks/quality.py $(DATA)

mutants: $(VENV)/.ready  ## change one thing at a time in the modules that decide, and see that their tests notice
	$(BIN)/python -m pip install --quiet -c constraints.txt cosmic-ray
	$(BIN)/python tools/mutants.py

fuzz: $(VENV)/.ready  ## make fuzz SECONDS=600: foreign bytes to every reader; what fails is kept in tests/data/fuzz and tried by the tests
	-$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[fuzz]"
	$(BIN)/python tools/fuzz.py --seconds $(or $(SECONDS),60)

sanitize: $(VENV)/.ready  ## the compiled core under AddressSanitizer and UndefinedBehaviorSanitizer, its tests run
	sh tools/sanitize.sh $(BIN)/python

build: $(VENV)/.ready  ## wheel and sdist, tried where nothing of this folder is
	rm -rf build dist
	$(BIN)/python -m build --outdir dist .
	sh tools/try_wheel.sh dist/*.whl

docs: $(VENV)/.ready  ## the site, in site/: open site/index.html, no server needed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "用浏览器打开 site/index.html"

clean:
	rm -rf $(VENV) build dist site report.html .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
