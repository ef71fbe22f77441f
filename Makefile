# Hearth's few verbs; each is a script in scripts/ that can be read and run by itself.
.DEFAULT_GOAL := help
.PHONY: help run test bench chaos soak fuzz monkey sanitize build install format goldens lint clean prepare

help: ## What can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

run: ## Try it: a simulated Discord, the daemon and the console; no token needed
	@scripts/run

test: prepare ## Build, lint and run all tests (ARGS="--filter House" for some)
	@scripts/test $(ARGS)

bench: prepare ## Measure what is promised to be fast (ARGS="socket store" for some)
	@scripts/bench $(ARGS)

chaos: prepare ## Break it on purpose and see that it holds (ARGS="kills" for some; HEARTH_SEED, HEARTH_CHAOS)
	@scripts/chaos $(ARGS)

soak: prepare ## Let it live for long under load and see that it takes no more (HEARTH_SOAK_MINUTES)
	@scripts/soak

fuzz: prepare ## Throw garbage at every door of strangers (ARGS="json control" for some; HEARTH_FUZZ_SECONDS, 60 each)
	@scripts/fuzz $(ARGS)

monkey: prepare ## A million random keys, clicks and sizes against the console (HEARTH_MONKEY, HEARTH_SEED)
	@scripts/monkey

sanitize: prepare ## Run all tests under the address and the thread sanitizer (ARGS=thread for one)
	@scripts/sanitize $(ARGS)

build: prepare ## Build release
	@scripts/build -c release

install: prepare ## Install under DESTDIR and PREFIX (/usr/local)
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" scripts/install

format: ## Write all Swift as .swift-format says
	@swift format --in-place --recursive --parallel Sources Tests Benchmarks Package.swift

goldens: prepare ## Look at what has changed on the console's screens, and keep it or put it back
	@scripts/goldens

lint: ## Find what is not written so
	@scripts/lint

clean: ## Remove what was built
	@swift package clean

prepare:
	@scripts/prepare
