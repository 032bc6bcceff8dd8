# Tests: unit programs (cmocka), lint, command-line scripts, all also under sanitizers.
UNIT_SRC := $(sort $(wildcard tests/unit/*/test_*.c))
UNIT_HELP := $(sort $(wildcard tests/unit/help/*.c))
UNIT_BIN = $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
UNIT_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) -Wno-missing-prototypes $(OPT) \
              $(SANITIZE) -Isrc -Itests/unit -I$(BUILD)/gen -MMD -MP
SAN_FLAGS = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

$(BUILD)/unit/%: tests/unit/%.c $(UNIT_HELP) $(BUILD)/libincmap.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(UNIT_CFLAGS) $(PKG_CFLAGS) $< $(filter %.o,$^) $(UNIT_HELP) $(BUILD)/libincmap.a \
	    $(SANITIZE) $(PKG_LIBS) -lcmocka -o $@

# Parts of the program that are in no library.
$(filter $(BUILD)/unit/batch/%,$(UNIT_BIN)): $(filter $(BUILD)/obj/batch/%,$(CLI_OBJ))

## deps: install the packages that the build lacks (apt)
deps:
	@sh tests/lint/deps.sh build

deps-test:
	@sh tests/lint/deps.sh test

## demo: draw the bundled example into output/
demo: deps
	@$(MAKE) --no-print-directory figures

figures: all
	@mkdir -p output
	@$(BUILD)/incmap render --quiet geodata/examples/tovuz-2020/map.yaml \
	    -o output/tovuz-2020.png -o output/tovuz-2020.svg
	@echo "output/tovuz-2020.png"; echo "output/tovuz-2020.svg"

## gallery: draw the committed figures of the README anew
gallery: all
	@mkdir -p output/gallery
	@$(BUILD)/incmap render --quiet geodata/examples/tovuz-2020/map.yaml \
	    -o output/gallery/tovuz-2020.png
	@echo "output/gallery/tovuz-2020.png"

## style-file: write the documented style file anew, src/layout/style.yaml
style-file: all
	@$(BUILD)/incmap render --dump style >src/layout/style.yaml

## contact-sheet: sixty extents in five projections each, for looking at (output/contact)
contact-sheet: all
	@sh tests/sheet/sheet.sh $(BUILD)

## test: everything, plain and under the sanitizers; ends with one line of counts
test: deps-test
	@sh tests/run.sh

## check: the plain unit and command-line tests only (fast)
check: all
	@$(MAKE) --no-print-directory units
	@sh tests/suite.sh $(BUILD)

units: $(UNIT_BIN)

sanitized:
	@$(MAKE) --no-print-directory BUILD=build/san OPT="-O1 -g" \
	    SANITIZE="$(SAN_FLAGS)" all
	@$(MAKE) --no-print-directory BUILD=build/san OPT="-O1 -g" \
	    SANITIZE="$(SAN_FLAGS)" units

## arrows: refuse includes that point up
arrows:
	@sh tests/lint/arrows.sh

## long: every single fault of the fault sweep, not a sample; fifty kills of batches, 5,000 figures again; lines of a gigabyte
long: all
	@FAULTS=all sh tests/cli/faults.sh $(BUILD)/incmap
	@KILLS=50 FIGURES=5000 sh tests/cli/batchkill.sh $(BUILD)/incmap
	@HUGE=1100 sh tests/cli/huge.sh $(BUILD)/incmap
	@sh tests/lint/deps.sh page
	@sh tests/page/page.sh $(BUILD)/incmap

## cluster: the recipes for clusters with a real Slurm and GNU parallel (part of test)
cluster: all
	@sh tests/lint/deps.sh cluster
	@sh tests/suite.sh $(BUILD) tests/cluster

## lint: lengths, banned calls, formatting, words
lint: arrows
	@sh tests/lint/lint.sh

## format: apply the formatter
format:
	clang-format -i $$(find src tests/unit -name '*.[ch]')

## bench: the works of the benchmark: CPU time, instructions, memory, sizes (tests/bench)
bench: bench-program
	@sh tests/bench/bench.sh $(BUILD)

## bench-batch: 10,000 figures from a table of a million rows: linear time, flat memory, two cores, no change
bench-batch: all
	@sh tests/lint/deps.sh bench
	@sh tests/bench/batch.sh $(BUILD)

## bench-cores: 200 figures on one core and on two, in turns; fails below 1.9 times
bench-cores: all
	@sh tests/lint/deps.sh bench
	@python3 tests/bench/cores.py $(BUILD)/incmap geodata $(TURNS)

## bench-check: fails when a work takes 5 % more instructions than tests/bench/baseline.tsv says
bench-check: bench-program
	@sh tests/bench/bench.sh $(BUILD) check

## bench-baseline: write that file anew
bench-baseline: bench-program
	@sh tests/bench/bench.sh $(BUILD) baseline

## bench-peers: the works by incmap and by other tools of Debian, in turns, as ratios (MARKDOWN=1)
bench-peers: bench-program
	@sh tests/bench/peers.sh $(if $(MARKDOWN),--markdown) $(BUILD)

bench-program: all
	@sh tests/lint/deps.sh bench
	@mkdir -p $(BUILD)/bench
	$(Q)$(CC) $(UNIT_CFLAGS) tests/bench/batch.c $(BUILD)/libincmap.a $(PKG_LIBS) \
	    -o $(BUILD)/bench/batch

BENCH_BIN = $(BUILD)/bin/bench_geonames $(BUILD)/bin/bench_gazetteer $(BUILD)/bin/bench_gazetteer_db

$(BUILD)/bin/bench_%: tests/bench/%.c $(BUILD)/libincmap.a
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -O2 -Isrc -I$(BUILD)/gen $< $(BUILD)/libincmap.a $(PKG_LIBS) -lsqlite3 -o $@

## bench-gazetteer: build and look-ups against SQLite on the same rows (ROWS=1000000)
bench-gazetteer: all
	@sh tests/lint/deps.sh bench
	@$(MAKE) --no-print-directory $(BENCH_BIN)
	@sh tests/bench/gazetteer.sh $(BUILD) $(ROWS)

## bench-names: a million different names as a stream: time and memory a name (NAMES=1000000)
bench-names: all
	@sh tests/lint/deps.sh bench
	@$(MAKE) --no-print-directory $(BENCH_BIN)
	@sh tests/bench/names.sh $(BUILD) $(NAMES)

FUZZ_BIN = $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_ROOMS = base geo geodesy model text formats shapes gazetteer
FUZZ_OBJ = $(patsubst src/%.c,$(BUILD)/fuzz/obj/%.o,$(sort $(wildcard $(FUZZ_ROOMS:%=src/%/*.c))))
FUZZ_CC = clang -g -O1 -std=c11 -D_POSIX_C_SOURCE=200809L -fsanitize=fuzzer,address,undefined \
          -fno-sanitize-recover=undefined -Isrc -I$(BUILD)/gen $(PKG_CFLAGS)

$(BUILD)/fuzz/obj/%.o: src/%.c | $(GEN)
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) -MMD -MP -c $< -o $@

$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/gazetteer.h $(FUZZ_OBJ)
	@mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $< $(FUZZ_OBJ) $(PKG_LIBS) -o $@

## fuzz: the fuzz targets with clang's fuzzer, SECONDS each (60), from their corpus
fuzz: all
	@sh tests/lint/deps.sh fuzz
	@$(MAKE) --no-print-directory $(FUZZ_BIN)
	@sh tests/fuzz/fuzz.sh $(BUILD) $(or $(SECONDS),60) $(FUZZ_BIN)

## geodata: derive the bundled data again from Debian packages
geodata:
	@bash geodata/build.sh

-include $(UNIT_BIN:=.d) $(FUZZ_OBJ:.o=.d)
.PHONY: cluster long demo figures gallery style-file test check units sanitized arrows lint format bench bench-batch bench-cores bench-check \
        bench-gazetteer bench-names fuzz \
        bench-baseline bench-peers bench-program geodata deps-test
