# ifmatch. "make help" lists the targets. Everything that is built lies below
# $(BUILD), so that a variant is the same rules with another folder.

BUILD        ?= build
CC           ?= cc
CFLAGS       ?= -O2 -g
HARDEN       ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
HARDEN_LINK  ?= -pie -Wl,-z,relro,-z,now
FUZZ_SECONDS ?= 60
PREFIX       ?= /usr/local
PYTHON       ?= /usr/bin/python3
PYTEST       ?= $(PYTHON) -m pytest
PYTEST_ARGS  ?=
# What tests run.
export IFMATCH_BIN  = $(abspath $(BUILD)/ifmatch)
export IFMATCH_DIST = $(abspath $(BUILD)/dist)

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wconversion -Wsign-conversion -Wformat=2 -Wvla $(WERROR)
PKGS := libpq inih libsodium
GEN  := $(BUILD)/gen
FLAGS := -std=c11 -D_GNU_SOURCE -Ilib -I$(GEN) \
	$(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LIBS := -lfcgi $(shell pkg-config --libs $(PKGS) 2>/dev/null)

SRC   := $(sort $(wildcard lib/*/*.c))
STMT  := $(sort $(wildcard sql/stmt/*.sql))
ASSET := $(sort $(wildcard lib/view/*.css lib/view/*.js))
UNIT  := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZ  := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
MADE  := $(GEN)/store/statements $(GEN)/view/assets
LIB   := $(BUILD)/libifmatch.a
OBJ   := $(SRC:%.c=$(BUILD)/%.o) $(MADE:=.o)
MAIN  := $(patsubst %.c,$(BUILD)/%.o,cgi-bin/ifmatch.c $(EXTRA))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all test test-servers test-caches test-clients test-pages \
	test-hosting test-dist test-units screenshots lint dist install manual \
	test-postgrest test-spreadsheets bench-cgi bench-large bench-bulk \
	check-asan check-mutants fuzz demo demo-clean clean help FORCE

all: $(BUILD)/ifmatch ## build the program: needs cc, make, pkg-config, libraries

$(BUILD)/ifmatch: $(MAIN) $(LIB)
	$(CC) $(CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c | $(MADE:=.h)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(WARN) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(GEN)/%.o: $(GEN)/%.c
	$(CC) $(FLAGS) $(HARDEN) $(CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

# Texts that the program carries: DIR/NAME.sql is statement_NAME, and
# DIR/NAME.css is asset_NAME_css.
$(GEN)/store/statements.c $(GEN)/view/assets.c: $(GEN)/%.c: $(GEN)/%.h
$(GEN)/store/statements.h: $(STMT) $(GEN)/store/list
	lib/embed.sh statement $(basename $@) $(STMT)
$(GEN)/view/assets.h: $(ASSET) $(GEN)/view/list
	lib/embed.sh asset $(basename $@) $(ASSET)
$(GEN)/store/statements.h $(GEN)/view/assets.h: lib/embed.sh

# A list changes when a file comes or goes, not at each call.
$(GEN)/%/list: FORCE
	@mkdir -p $(@D)
	@echo '$(STMT) $(ASSET)' | cmp -s - $@ || echo '$(STMT) $(ASSET)' >$@

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(LIB)
	$(CC) $(CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# The program as one static file, with libraries of its own. They are built once
# a folder.
STATIC := $(BUILD)/static
MUSL    = /usr/lib/$(shell uname -m)-linux-musl
dist: ## an archive for hosts where nothing can be installed
	tests/setup/packages.sh dist
	$(MAKE) $(STATIC)/versions
	$(MAKE) static BUILD=$(BUILD)/musl CC=musl-gcc CFLAGS=-O2 \
		STATIC=$(abspath $(STATIC))
	cgi-bin/dist/archive.sh $(BUILD) $(BUILD)/musl/ifmatch $(STATIC)

$(STATIC)/versions: cgi-bin/dist/libraries.sh
	cgi-bin/dist/libraries.sh $(STATIC)

# musl-gcc has no -static-pie: these are the files that it would link.
.PHONY: static
static: FLAGS = -std=c11 -D_GNU_SOURCE -Ilib -I$(GEN) -I$(STATIC)/include
static: HARDEN_LINK = -static -nostartfiles -s -Wl,-pie,--no-dynamic-linker \
	-Wl,-z,text,-z,relro,-z,now,--gc-sections $(MUSL)/rcrt1.o $(MUSL)/crti.o
static: LIBS = -L$(STATIC)/lib -lfcgi -lpq -lpgcommon -lpgport -lssl -lcrypto \
	-linih -lsodium $(MUSL)/crtn.o
static: $(BUILD)/ifmatch

install: all ## program, SQL, manual, samples into DESTDIR and PREFIX
	cgi-bin/dist/install.sh $(BUILD) '$(DESTDIR)' '$(PREFIX)'

manual: all ## the manual's list of settings, from the program's own
	cgi-bin/dist/manual.sh $(BUILD)/ifmatch cgi-bin/ifmatch.ini.5

# $(call built,LIST...): the packages of these lists too, and the program.
define built
	tests/setup/packages.sh build test $(1)
	+$(MAKE) all
endef

# $(call npm,FOLDER): the packages that tests/FOLDER asks for, in $(NPM)FOLDER.
NPM = $(abspath $(BUILD))/npm-
define npm
	mkdir -p $(NPM)$(1)
	cp tests/$(1)/package.json $(NPM)$(1)/
	npm install --prefix $(NPM)$(1) --no-audit --no-fund --loglevel=error
endef

test: ## install what is missing, build, run all tests
	$(call built)
	$(MAKE) test-units
	$(PYTEST) $(PYTEST_ARGS) tests \
		$(foreach folder,servers caches hosting dist clients judges \
		postgrest spreadsheets,--ignore=tests/$(folder))

test-spreadsheets: ## files that LibreOffice has saved, on their way back
	$(call built,spreadsheets)
	$(PYTEST) $(PYTEST_ARGS) tests/spreadsheets

test-servers: ## eleven server modes, each with every item, and a table of it
	$(call built,servers)
	IFMATCH_CONFORMANCE=whole $(PYTEST) -rN $(PYTEST_ARGS) tests/servers

test-hosting: dist ## the way of a web space's owner, on hosts as they are
	$(call built,hosting)
	$(PYTEST) $(PYTEST_ARGS) --durations=0 tests/hosting

test-dist: dist ## the archive's program where there is nothing but it
	$(call built)
	$(PYTEST) $(PYTEST_ARGS) tests/dist

bench-cgi: ## requests a second as plain CGI, against the least of programs
	$(call built)
	$(PYTHON) tests/bench/cgi.py

test-caches: ## squid, varnish, nginx and Apache as caches before the site
	$(call built,caches)
	$(PYTEST) $(PYTEST_ARGS) tests/caches

test-clients: ## thirteen HTTP libraries, each with the same few steps
	$(call built,clients)
	$(call npm,clients)
	NODE_PATH=$(NPM)clients/node_modules $(PYTEST) $(PYTEST_ARGS) \
		tests/clients

test-pages: ## axe, two HTML checkers and three engines over every kind of page
	$(call built,pages)
	$(call npm,judges)
	IFMATCH_NPM=$(NPM)judges $(PYTEST) $(PYTEST_ARGS) tests/judges

test-postgrest: ## PostgREST's own requests and its JavaScript client
	$(call built,postgrest)
	$(call npm,postgrest)
	IFMATCH_NPM=$(NPM)postgrest $(PYTEST) -rP $(PYTEST_ARGS) tests/postgrest

ROWS ?= 10000000
bench-large: ## pages and exports of ROWS (ten million) rows: time and memory
	$(call built)
	$(PYTHON) tests/bench/large.py $(ROWS)

bench-bulk: ## seconds that requests of ten thousand rows take
	$(call built)
	$(PYTHON) tests/bench/bulk.py

screenshots: ## pictures of every kind of page into build/screenshots
	$(call built)
	$(PYTHON) tests/judges/screenshots.py $(BUILD)/screenshots

test-units: $(UNIT) ## run the C units alone
	tests/setup/units.sh $(UNIT)

.PHONY: units
units: $(UNIT)

lint: ## includes, format, clang-tidy, cppcheck, shellcheck, sizes, -Werror
	tests/setup/packages.sh build lint
	BUILD=$(BUILD) MAKE='$(MAKE)' tests/lint/run.sh

ASAN := -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
HERE    := $(shell id -u)-$(shell printf %s '$(CURDIR)' | cksum | cut -d' ' -f1)
REPORTS := /var/tmp/ifmatch-reports-$(HERE)
check-asan: ## all tests under the address and undefined behaviour sanitizers
	rm -rf $(REPORTS)
	mkdir -p $(REPORTS) && chmod 1777 $(REPORTS)
	IFMATCH_REPORTS=$(REPORTS) $(MAKE) test BUILD=build/asan HARDEN= \
		HARDEN_LINK= CFLAGS='$(ASAN)' EXTRA=tests/harness/sanitizer.c \
		CPPFLAGS='-DREPORTS=\"$(REPORTS)/report\"'

check-mutants: ## the program with a guard taken out must fail a named test
	$(call built)
	BUILD=$(BUILD) MAKE='$(MAKE)' tests/setup/mutants.sh

fuzz: ## each fuzz target for FUZZ_SECONDS (60)
	tests/setup/packages.sh build fuzz
	$(MAKE) fuzz-run BUILD=build/fuzz CC=clang HARDEN= HARDEN_LINK= CFLAGS=\
	'-g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'

.PHONY: fuzz-run
fuzz-run: $(FUZZ)
	tests/setup/fuzz.sh $(BUILD) $(FUZZ_SECONDS) $(FUZZ)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIB)
	$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

demo: ## a sample site on a free port, until Ctrl-C
	@tests/setup/packages.sh build demo
	@$(MAKE) all
	@BUILD=$(BUILD) exec tests/setup/demo.sh run

demo-clean: ## stop the demo and remove its data
	@tests/setup/demo.sh clean

clean: ## remove what was built
	rm -rf $(BUILD) compile_commands.json

compile_commands.json: FORCE ## for editors and clang tools
	@for f in $(SRC) cgi-bin/ifmatch.c; do \
		printf '%s{"directory":"%s","file":"%s","command":"%s"}\n' \
			"$${comma-[}" "$(CURDIR)" "$$f" "$(CC) $(FLAGS) -c $$f"; \
		comma=,; done >$@; echo ']' >>$@

help: ## this list
	@sed -n 's/^\([a-z_.-]*\):.*## /\1	/p' Makefile | expand -t 22

-include $(OBJ:.o=.d) $(MAIN:.o=.d) $(UNIT:=.d) $(FUZZ:=.d)
