# incmap: `make demo` draws the example, `make test` tests everything, `make help` lists.
CC ?= cc
BUILD ?= build
PREFIX ?= /usr/local
Q = $(if $(V),,@)

# Several targets are made one after another, each by a make of its own with all jobs: most
# begin with a make of what they need, and two of these at once would write the same files.
ifneq ($(and $(word 2,$(MAKECMDGOALS)),$(filter-out $(BUILD)/%,$(MAKECMDGOALS))),)
.NOTPARALLEL:
.PHONY: $(MAKECMDGOALS)
$(sort $(MAKECMDGOALS)):
	@$(MAKE) --no-print-directory $@
else

PKGS = proj cairo cairo-ft cairo-pdf pangocairo pangoft2 fontconfig freetype2 harfbuzz yaml-0.1 libdeflate yajl 
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lshp -lm

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
       -Wmissing-prototypes -Wvla -Werror
OPT ?= -O3 -g
CFLAGS_ALL = -std=c11 -D_POSIX_C_SOURCE=200809L -fvisibility=hidden -fPIC $(WARN) $(OPT) \
             $(SANITIZE) -Isrc -I$(BUILD)/gen -ffp-contract=off -MMD -MP
LDFLAGS_ALL = -Wl,--as-needed $(SANITIZE) $(LDFLAGS)

ROOMS = base geo geodesy model text formats shapes read gazetteer project basemap analyse \
        scene layout draw encode api
LIB_SRC := $(foreach r,$(ROOMS),$(sort $(wildcard src/$(r)/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c) $(wildcard src/batch/*.c))
LIB_OBJ = $(LIB_SRC:src/%.c=$(BUILD)/obj/%.o)
CLI_OBJ = $(CLI_SRC:src/%.c=$(BUILD)/obj/%.o)
GEN = $(BUILD)/gen/fold_table.h $(BUILD)/gen/skeleton_table.h $(BUILD)/gen/phrase_table.h \
      $(BUILD)/gen/furniture_table.h $(BUILD)/gen/feature_table.h \
      $(BUILD)/gen/country_table.h $(BUILD)/gen/program_table.h

PLACES_FILE = geodata/places.gaz
BASEMAP_FILE = geodata/basemap.bin

## all: the library and the program
all: deps
	@$(MAKE) --no-print-directory program

# The code that makes compiled gazetteers: when it changes in any way, cached ones are made anew.
PROGRAM_OF = $(BUILD)/gen/fold_table.h $(BUILD)/gen/skeleton_table.h $(BUILD)/gen/phrase_table.h src/incmap.h \
             $(sort $(foreach r,base geo model text formats shapes gazetteer,$(wildcard src/$(r)/*.[ch])))

$(BUILD)/gen/program_table.h: $(PROGRAM_OF)
	@mkdir -p $(@D)
	$(Q)cat $^ | sha256sum | sed 's/^\(.\{16\}\).*/#define GAZ_PROGRAM_DIGEST 0x\1u/' >$@

program: $(BUILD)/libincmap.a $(BUILD)/libincmap.so $(BUILD)/incmap $(BUILD)/offline.so $(PLACES_FILE) $(BASEMAP_FILE) man

include src/packaging/late.mk

$(BUILD)/obj/%.o: src/%.c | $(GEN)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(PKG_CFLAGS) -c $< -o $@

$(BUILD)/libincmap.a: $(LIB_OBJ)
	@rm -f $@
	$(Q)ar rcsD $@ $^

$(BUILD)/libincmap.so: $(LIB_OBJ) $(BUILD)/gen/incmap.map
	$(Q)$(CC) -shared -Wl,-soname,libincmap.so.$(SOVERSION) \
	    -Wl,--version-script,$(BUILD)/gen/incmap.map $(LDFLAGS_ALL) $(LIB_OBJ) $(PKG_LIBS) -o $@

$(BUILD)/incmap: $(CLI_OBJ) $(LATE_OBJ) $(BUILD)/libincmap.a
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(SOON_LIBS) -o $@

ifneq ($(wildcard src/text/ready),)
include src/packaging/ready.mk
else
include src/text/gen/gen.mk
endif
include src/gazetteer/gazetteer.mk
include src/basemap/basemap.mk
include src/batch/batch.mk
include src/man/man.mk
include src/packaging/install.mk
include tests/tests.mk

## clean: remove everything that was built
clean:
	rm -rf build output/*.png output/*.svg

## help: this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d)
.PHONY: all program clean help deps
endif # one target
