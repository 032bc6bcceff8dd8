# The tables that a tarball carries, instead of their making from ICU and CLDR.
$(BUILD)/gen/%_table.h: src/text/ready/%_table
	@mkdir -p $(@D)
	$(Q)cp $< $@
