# The index of the bundled places: geodata/places.idx, written at build time.
PLACES_INDEX = geodata/places.idx
PLACES = geodata/places-caucasus.tsv geodata/places-regions.tsv geodata/places-world.tsv

# The two derived tables are committed compressed: names in a hundred languages are long.
geodata/places-%.tsv: geodata/places-%.tsv.gz
	$(Q)gzip -dc $< > $@.tmp && mv $@.tmp $@

$(BUILD)/bin/places_index: src/gazetteer/gen/places_index.c $(BUILD)/libincmap.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) $< $(BUILD)/libincmap.a -lm -o $@

$(PLACES_INDEX): $(PLACES) $(BUILD)/bin/places_index
	$(Q)$(BUILD)/bin/places_index geodata
