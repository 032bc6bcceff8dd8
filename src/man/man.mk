# Manual pages, bash completion and the map file of `incmap init`, from the program's tables.
MAN = src/man
RELEASED = 2026-11-24
MAN_PAGES = $(patsubst $(MAN)/%.in,$(BUILD)/man/%,$(sort $(wildcard $(MAN)/*.in)))
MAN_GEN_SRC = $(sort $(wildcard $(MAN)/gen/*.c))
MAN_GEN_CLI = $(BUILD)/obj/cli/options.o $(BUILD)/obj/cli/message.o $(BUILD)/obj/cli/caret.o

$(BUILD)/bin/manual: $(MAN_GEN_SRC) $(MAN)/gen/manual.h src/incmap.h $(MAN_GEN_CLI) $(BUILD)/libincmap.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(filter-out -MMD -MP,$(CFLAGS_ALL)) $(LDFLAGS_ALL) $(MAN_GEN_SRC) $(MAN_GEN_CLI) \
	    $(BUILD)/libincmap.a $(PKG_LIBS) -o $@

# Written aside first, so that a failure leaves none.
$(BUILD)/man/%: $(MAN)/%.in $(wildcard $(MAN)/*.tsv) $(BUILD)/bin/manual
	@mkdir -p $(@D)
	$(Q)$(BUILD)/bin/manual page $(MAN) $< $(VERSION) $(RELEASED) >$@.new && mv $@.new $@

$(BUILD)/man/incmap.bash: $(BUILD)/bin/manual
	@mkdir -p $(@D)
	$(Q)$< completion >$@.new && mv $@.new $@

$(BUILD)/gen/init_table.h: $(BUILD)/bin/manual $(MAN)/keys.tsv
	$(Q)$< start $(MAN) >$@.new && mv $@.new $@

$(BUILD)/obj/cli/init.o: $(BUILD)/gen/init_table.h

## man: the manual pages and the completion, in build/man
man: $(MAN_PAGES) $(BUILD)/man/incmap.bash

.PHONY: man
