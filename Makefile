# The front door; CMakePresets.json and the scripts do the work. `make help` lists what there is.

JOBS := $(shell nproc 2>/dev/null || echo 2)
CTEST := ctest --output-on-failure -j $(JOBS)

# tests/exhaustive takes many minutes: check-all runs it once, optimised; nothing else does.
QUICK := -LE '^exhaustive$$'

# What reads files written by others: run once more under the address and undefined-behaviour sanitizers.
GUARDED := core table pipeline file model
GUARDED_LABELS := ^(core|table|pipeline|file|model|hostile|fuzz)$$
# Whole trainings, which take minutes under a sanitizer, of readers that tests of their own check there.
SLOW_GUARDED := ^table\.large_parquet_test$$

.PHONY: build
build: setup  ## the program: build/release/bin/ffwd
	@cmake --preset release >/dev/null
	@cmake --build build/release -j $(JOBS) --target ffwd_program

.PHONY: parquet
parquet: setup-test  ## the program with its plugin for Parquet and Arrow files; fetches Apache Arrow into .venv
	@$(MAKE) --no-print-directory build

PREFIX ?= /usr/local

.PHONY: install
install: build  ## the program and the C++ library, under PREFIX
	@cmake --build build/release -j $(JOBS) --target ffwd_library
	@cmake --install build/release --prefix $(PREFIX)

.PHONY: demo
demo: build  ## train on the tables of examples/, predict, draw the learning curves
	@scripts/demo

.PHONY: test
test: setup-test  ## all tests, the programs of bench/, then the tests of the readers under sanitizers
	@cmake --preset release >/dev/null
	@cmake --build build/release -j $(JOBS)
	@$(CTEST) --test-dir build/release $(QUICK)
	@$(MAKE) --no-print-directory bench-quick
	@cmake --preset asan >/dev/null
	@cmake --build build/asan -j $(JOBS) --target ffwd_program $(GUARDED:=_test)
	@$(CTEST) --test-dir build/asan -L '$(GUARDED_LABELS)' -E '$(SLOW_GUARDED)'

.PHONY: check-all
check-all: setup-all lint  ## lint, and all tests: g++, clang, both sanitizer builds
	@for preset in release clang asan tsan; do \
	  $(MAKE) --no-print-directory preset-$$preset && $(CTEST) --test-dir build/$$preset $(QUICK) || exit 1; \
	done
	@$(CTEST) --test-dir build/release -L '^exhaustive$$'

.PHONY: bench
bench: setup-bench  ## speed, beside yardsticks and other libraries: half an hour or more; see docs/benchmarks.md
	@cmake --preset release >/dev/null
	@cmake --build build/release -j $(JOBS) --target bench
	@scripts/bench

.PHONY: bench-quick
bench-quick: setup  ## whether the programs of bench/ work; part of `make test`
	@cmake --preset release >/dev/null
	@cmake --build build/release -j $(JOBS) --target bench-quick
	@scripts/bench --quick

DATA ?= data
.PHONY: accuracy
accuracy: build  ## how well it predicts beside other methods, on the tables in DATA=FOLDER: writes docs/accuracy.md
	@"$$(scripts/peers)" bench/accuracy/compare.py --data "$(DATA)" --ffwd build/release/bin/ffwd \
	  --results build/accuracy.json --page docs/accuracy.md

.PHONY: lint
lint: setup-all  ## formatter and linter; a finding is an error
	@scripts/lint

.PHONY: format
format: setup-all  ## lay out every C++ file
	@git ls-files -co --exclude-standard '*.cpp' '*.h' | xargs -r clang-format-19 -i

.PHONY: clean
clean:  ## remove what was built; .venv stays
	rm -rf build

.PHONY: help
help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile | expand -t 12

.PHONY: setup
setup:
	@scripts/setup

.PHONY: setup-test
setup-test:
	@scripts/setup --test

.PHONY: setup-bench
setup-bench:
	@scripts/setup --bench

.PHONY: setup-all
setup-all:
	@scripts/setup --all

preset-%:
	@cmake --preset $* >/dev/null
	@cmake --build build/$* -j $(JOBS)
