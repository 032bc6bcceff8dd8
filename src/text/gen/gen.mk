# Tables of text/ from ICU and CLDR, and the small hand tables beside this file.
TEXT_GEN = src/text/gen
# (ICU's UTF macros do not pass -Wconversion.)
TEXT_GEN_CFLAGS = -std=c11 -O1 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wshadow \
    -Wstrict-prototypes -Wmissing-prototypes -Werror -Isrc \
    $(shell pkg-config --cflags icu-i18n icu-uc | sed 's/-I/-isystem /g')
TEXT_GEN_LIBS = $(shell pkg-config --libs icu-i18n icu-uc)
TEXT_GEN_SHARED = $(TEXT_GEN)/table.c $(TEXT_GEN)/folding.c $(TEXT_GEN)/plural.c

$(BUILD)/gen/%_gen: $(TEXT_GEN)/%_gen.c $(TEXT_GEN_SHARED) $(wildcard $(TEXT_GEN)/*.h)
	@mkdir -p $(@D)
	$(Q)$(CC) $(TEXT_GEN_CFLAGS) $< $(TEXT_GEN_SHARED) $(TEXT_GEN_LIBS) -o $@

# Each generator prints its header: written aside first, so that a failure leaves none.
$(BUILD)/gen/fold_table.h: $(BUILD)/gen/fold_gen
	$(Q)$< >$@.new && mv $@.new $@

$(BUILD)/gen/skeleton_table.h: $(BUILD)/gen/skeleton_gen $(TEXT_GEN)/roman.txt
	$(Q)$< $(TEXT_GEN)/roman.txt >$@.new && mv $@.new $@

$(BUILD)/gen/phrase_table.h: $(BUILD)/gen/phrase_gen
	$(Q)$< >$@.new && mv $@.new $@

$(BUILD)/gen/furniture_table.h: $(BUILD)/gen/furniture_gen $(TEXT_GEN)/phrases.tsv
	$(Q)$< $(TEXT_GEN)/phrases.tsv >$@.new && mv $@.new $@

$(BUILD)/gen/feature_table.h: $(BUILD)/gen/feature_gen $(TEXT_GEN)/features.tsv
	$(Q)$< $(TEXT_GEN)/features.tsv >$@.new && mv $@.new $@

$(BUILD)/gen/country_table.h: $(BUILD)/gen/country_gen
	$(Q)$< >$@.new && mv $@.new $@

.PRECIOUS: $(BUILD)/gen/%_gen
