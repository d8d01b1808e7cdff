# Anfang. `make` alone lists what can be made.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
export PATH := $(PATH):/usr/local/go/bin

GO ?= go
OUT := .build
ARGS ?=

# A test binary that hangs must not hold CI until CI's own end.
TEST_TIMEOUT := 15m

# The linter with its version and its named list; nothing is switched on by "all".
#   SA correctness · S simplification · U unused code · ST style, by number:
#   1000 package comments, 1001 no dot imports, 1005 error strings, 1006 receiver names, 1008 error comes last,
#   1011 duration names, 1012 error names, 1015 default case, 1016 one receiver name, 1017 no yoda conditions,
#   1018 no invisible characters in strings, 1019 no double imports, 1023 no redundant types
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
CHECKS := SA*,S1*,U1000,ST1000,ST1001,ST1005,ST1006,ST1008,ST1011,ST1012,ST1015,ST1016,ST1017,ST1018,ST1019,ST1023

# One binary a platform, without cgo; one of them fits on any memory stick.
PLATFORMS := linux/amd64 linux/arm64 linux/loong64 windows/amd64
MAX_BYTES := 40000000

# Packages with tests that are longer with ANFANG_TEST_SOAK=1.
SOAK = $(sort $(dir $(shell grep -rl --include='*_test.go' ANFANG_TEST_SOAK .)))

.PHONY: pictures help test soak check needs fmt vet lint bench build demo fonts clean

help: ## list what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

needs: ## install what the tests use beside Go, where that is allowed
	@.ci/needs

test: needs vet ## all tests, after seeing to their needs (ANFANG_TEST_REQUIRE=all: nothing may be missing)
	$(GO) test -vet=off -timeout $(TEST_TIMEOUT) ./...

check: needs fmt vet lint ## what stands before a commit: format, vet, linter, tests under the race detector, each benchmark once
	$(GO) test -vet=off -race -shuffle=on -timeout 30m ./...
	$(GO) test -vet=off -run '^$$' -bench . -benchtime 1x -timeout $(TEST_TIMEOUT) ./...

soak: needs ## the long runs of the tests (ANFANG_TEST_SOAK=1): 10⁵ random commands on each database, fifty years, every seed; hours
	ANFANG_TEST_SOAK=1 nice $(GO) test -vet=off -count 1 -timeout 24h -v $(SOAK)

fmt: ## fail where gofmt would change a file
	@files=$$(gofmt -l .); if [ -n "$$files" ]; then echo "gofmt -w is due for:" >&2; echo "$$files" >&2; exit 1; fi

vet: ## go vet
	$(GO) vet ./...

lint: ## staticcheck with the named list of this file
	$(GO) run $(STATICCHECK) -checks '$(CHECKS)' ./...

bench: ## all benchmarks, with allocations
	$(GO) test -vet=off -run '^$$' -bench . -benchmem -timeout 60m ./...

build: ## binaries for every platform into .build/, each within its size
	@mkdir -p $(OUT)
	@for platform in $(PLATFORMS); do \
	  os=$${platform%/*}; arch=$${platform#*/}; file=$(OUT)/anfang-$$os-$$arch; \
	  if [ $$os = windows ]; then file=$$file.exe; fi; \
	  CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags '-s -w' -o $$file ./cmd/anfang; \
	  size=$$(wc -c <$$file); echo "$$file $$size bytes"; \
	  if [ $$size -gt $(MAX_BYTES) ]; then echo "$$file is over $(MAX_BYTES) bytes" >&2; exit 1; fi; \
	done

demo: ## a month of a real county in under a minute (ARGS='--seed 7 --serve')
	$(GO) run ./cmd/anfang demo $(ARGS)

fonts: ## make the built-in font subsets anew
	templates/fonts/make.sh

pictures: ## the READMEs' pictures, made by the program itself (needs chromium and poppler-utils)
	ANFANG_PICTURES=$(CURDIR)/.github/pictures $(GO) test -count 1 -run '^TestPictures$$' ./cmd/anfang

clean: ## remove what was built
	rm -rf $(OUT)
