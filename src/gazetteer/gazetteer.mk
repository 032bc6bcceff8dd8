# The compiled form of the bundled places: geodata/places.gaz, written at build time.
PLACES_FILE = geodata/places.gaz
PLACES = geodata/places-caucasus.tsv geodata/places-regions.tsv geodata/places-world.tsv

# The two derived tables are committed compressed: names in a hundred languages are long.
geodata/places-%.tsv: geodata/places-%.tsv.gz
	$(Q)gzip -dc $< > $@.tmp && mv $@.tmp $@

$(BUILD)/bin/places_compile: src/gazetteer/gen/places_compile.c $(BUILD)/libincmap.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) $< $(BUILD)/libincmap.a $(PKG_LIBS) -o $@

$(PLACES_FILE): $(PLACES) $(BUILD)/bin/places_compile
	$(Q)$(BUILD)/bin/places_compile geodata
