# The program loads the libraries that draw and project when they are first called: a name
# is resolved three times as fast without them. The rooms that call them are compiled for
# the program once more, with each call by way of src/cli/late.c; the library is linked
# as ever. Of the other libraries none is left out: a call that late.sh missed won't link.
LATE_ROOMS = geodesy project draw
LATE_PKGS = proj cairo cairo-ft cairo-pdf pangocairo pangoft2 fontconfig freetype2 harfbuzz libdeflate
LATE_LIBS := $(shell pkg-config --libs $(LATE_PKGS) 2>/dev/null)
SOON_LIBS := $(shell pkg-config --libs yaml-0.1 yajl 2>/dev/null) -lshp -lm
LATE_SRC = $(filter $(LATE_ROOMS:%=src/%/%),$(LIB_SRC))
LATE_OBJ = $(LATE_SRC:src/%.c=$(BUILD)/late/%.o)

$(BUILD)/gen/late.lacking: $(LATE_SRC:src/%.c=$(BUILD)/obj/%.o)
	$(Q)nm -u $^ >$@

$(BUILD)/gen/late_table.h: $(BUILD)/gen/late.lacking src/packaging/late.sh
	$(Q)sh src/packaging/late.sh "$(CC)" $< $(BUILD)/gen "$(LATE_ROOMS)" $(LATE_LIBS)

$(BUILD)/late/%.o: src/%.c $(BUILD)/gen/late_table.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(PKG_CFLAGS) -DLATE_$(patsubst %/,%,$(dir $*)) \
	    -include $(BUILD)/gen/late.h -c $< -o $@

$(BUILD)/obj/cli/late.o: $(BUILD)/gen/late_table.h
-include $(LATE_OBJ:.o=.d)

# What PROJ finds in the place of libcurl: it lies beside the program of the build folder,
# and in LIBDIR/incmap when installed.
$(BUILD)/offline.so: src/packaging/offline.c src/packaging/offline.sh $(BUILD)/gen/late_table.h
	$(Q)how=$$(sh src/packaging/offline.sh $(BUILD)/gen/late_files $< $@) && \
	    $(CC) -std=c11 -O2 -fPIC $(WARN) -shared $$how $(LDFLAGS) $< -o $@
