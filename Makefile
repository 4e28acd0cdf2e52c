# Every target sets up what it needs. On Windows and macOS see the equivalent lines in README.md.

PYTHON ?= python3
PY := .venv/bin/python
DEMO := build/demo

# Pictures and tests are drawn without a screen.
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check bench screenshots translations errors wheel freeze smoke windows linux release clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## virtual environment, pinned packages, the shared libraries that Qt needs
	@$(PYTHON) packaging/set_up.py

run: setup ## the window, on your own data
	.venv/bin/propdesk

demo: setup ## a demo office with its papers and pictures in build/demo, then the window on it
	rm -rf $(DEMO)
	$(PY) -m propdesk demo $(DEMO)/data
	cp $(DEMO)/data/papers/*.pdf $(DEMO)
	$(OFFSCREEN) $(PY) -m ui.screenshots --data $(DEMO)/data --out $(DEMO) --tabs
	@ls $(DEMO)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then .venv/bin/propdesk --data $(DEMO)/data; fi

test: ## every check and every test
	@$(PYTHON) packaging/set_up.py --tests
	@$(MAKE) --no-print-directory check
	$(OFFSCREEN) $(PY) -m pytest -q -n auto --dist loadfile

check: setup ## format, lint, types, import contracts
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: setup ## the speeds that matter, against a floor measured in the same run
	$(OFFSCREEN) $(PY) -m pytest -q -s -p no:randomly \
		-o addopts="--strict-markers --strict-config --import-mode=importlib" tests/bench

screenshots: setup ## pictures of every screen, light and dark, in build/screenshots
	rm -rf build/screenshots
	$(PY) -m propdesk demo build/screenshots/data
	$(OFFSCREEN) $(PY) -m ui.screenshots --data build/screenshots/data --out build/screenshots

translations: setup ## collect the texts, update the Chinese catalogue, compile it, name what is missing
	$(PY) packaging/translations.py

errors: setup ## docs/errors.md, the list of refusals, from the source
	$(PY) packaging/error_table.py

wheel: setup ## the installable package, in dist
	$(PY) -m build --wheel --no-isolation

freeze: ## the program as one folder that needs no Python, in build/frozen
	@$(PYTHON) packaging/set_up.py --freeze
	$(PY) packaging/freeze.py

smoke: freeze ## the frozen program at work, without network, home and locale
	$(PY) packaging/smoke.py
	$(PY) packaging/components.py build/frozen/propdesk --out build/frozen

windows: ## the setup for Windows, built and tried under wine, in dist
	@$(PYTHON) packaging/set_up.py --freeze
	$(PY) packaging/windows/build.py

linux: freeze ## the packages for Linux, built and tried on a fresh Debian 12, in dist
	$(PY) packaging/components.py build/frozen/propdesk
	$(PY) packaging/linux/packages.py
	$(PY) packaging/linux/try_packages.py
	@$(PY) packaging/checksums.py

release: windows linux ## everything that is handed out, in dist

clean: ## remove what was built; .venv and your data stay
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find propdesk ui tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
