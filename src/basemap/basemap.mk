# The compiled form of the bundled tables and lines: geodata/basemap.bin, written at build time.
BASEMAP_FILE = geodata/basemap.bin
BASEMAP = geodata/units.tsv geodata/owners.tsv \
          $(foreach l,caucasus world,$(foreach e,shp shx dbf,geodata/lines-$(l).$(e)))

$(BUILD)/bin/basemap_compile: src/basemap/gen/basemap_compile.c $(BUILD)/libincmap.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) $< $(BUILD)/libincmap.a $(PKG_LIBS) -o $@

$(BASEMAP_FILE): $(BASEMAP) $(BUILD)/bin/basemap_compile
	$(Q)$(BUILD)/bin/basemap_compile geodata
