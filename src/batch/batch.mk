# The page of batch reports as C arrays: what stands before the data, and behind them.
$(BUILD)/gen/report_table.h: src/batch/report.html
	@mkdir -p $(@D)
	$(Q){ echo 'static const char batch_page_head[] = {'; \
	    sed '/^@DATA@$$/,$$d' $< | od -An -v -tu1 | sed 's/[0-9][0-9]*/&,/g'; echo '0};'; \
	    echo 'static const char batch_page_tail[] = {'; \
	    sed '1,/^@DATA@$$/d' $< | od -An -v -tu1 | sed 's/[0-9][0-9]*/&,/g'; echo '0};'; } >$@.new
	$(Q)mv $@.new $@

$(BUILD)/obj/batch/report.o: $(BUILD)/gen/report_table.h
