# make run   build the page and the binary, load the built-in records, answer at http://127.0.0.1:8080/
# make test  the tests: offline, no services needed
# make check what .ci/run checks, without installing anything

GO ?= go
ADDR ?= 127.0.0.1:8080
STATICCHECK = $(GO) tool -modfile=.ci/tools.mod staticcheck

.PHONY: run build web test check lint race fuzz bench clean

run: build
	bin/dialograph serve --addr $(ADDR)

build: web/dist/index.html
	$(GO) build -o bin/dialograph ./cmd/dialograph

web: web/dist/index.html

web/dist/index.html: web/package-lock.json web/index.html web/vite.config.ts $(wildcard web/src/*)
	cd web && npm ci --no-audit --no-fund && npm run check && npm run build
	touch $@

test:
	$(GO) test ./...

check: lint test race fuzz

lint:
	@test -z "$$(gofmt -l cmd graph loaders schema seeds web/*.go docs *.go 2>/dev/null)" || { gofmt -l cmd graph loaders schema seeds web docs *.go; exit 1; }
	$(GO) vet ./...
	$(STATICCHECK) ./...
	$(GO) run ./cmd/dialograph lint --names seeds

race:
	$(GO) test -race ./...

# Each fuzz target for a few seconds; FUZZTIME=5m for longer.
FUZZTIME ?= 10s
fuzz:
	@GO="$(GO)" .ci/fuzz $(FUZZTIME)

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

clean:
	rm -rf bin web/dist/assets web/dist/index.html
