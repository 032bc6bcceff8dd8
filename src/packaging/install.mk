# The installed program: `make install`, `make uninstall`, `make dist`, `make deb`.
# VERSION stands in src/incmap.h alone. SOVERSION rises with a change that breaks programs
# linked against the library.
VERSION := $(shell sed -n 's/^.define INCMAP_VERSION "\(.*\)"/\1/p' src/incmap.h)
SOVERSION = 0
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
COMPLETIONDIR ?= $(DATADIR)/bash-completion/completions
PACKAGING = src/packaging
READY = $(BUILD)/install

# What depends on the folders of the installation is made again when they change. The
# program of the build folder is not: it uses the geodata of its tree.
FOLDERS = $(PREFIX) $(BINDIR) $(LIBDIR) $(INCLUDEDIR) $(DATADIR)
$(READY)/folders: FORCE
	@mkdir -p $(@D)
	@echo '$(FOLDERS)' | cmp -s - $@ || echo '$(FOLDERS)' >$@

$(READY)/data.o: src/cli/data.c $(READY)/folders
	$(Q)$(CC) $(CFLAGS_ALL) -DINCMAP_DATADIR='"$(DATADIR)/incmap/geodata"' -c $< -o $@

$(READY)/offline.o: src/cli/offline.c $(READY)/folders
	$(Q)$(CC) $(CFLAGS_ALL) -DINCMAP_LIBDIR='"$(LIBDIR)"' \
	    -DINCMAP_LIBDIR_BELOW='"$(patsubst $(PREFIX)/%,%,$(LIBDIR))"' -c $< -o $@

$(READY)/incmap: $(filter-out %/cli/data.o %/cli/offline.o,$(CLI_OBJ)) $(READY)/data.o $(READY)/offline.o \
    $(LATE_OBJ) $(BUILD)/libincmap.a
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(SOON_LIBS) -o $@

$(READY)/incmap.pc: $(PACKAGING)/incmap.pc.in $(READY)/folders src/incmap.h
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	    -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@DATADIR@|$(DATADIR)|' \
	    -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(strip $(PKG_LIBS))|' $< >$@

# The symbols that the shared library shows, each with the version of the interface.
$(BUILD)/gen/incmap.map: src/incmap.sym
	@mkdir -p $(@D)
	$(Q){ echo 'LIBINCMAP_$(SOVERSION) {'; echo '  global:'; sed 's/$$/;/' $<; \
	    echo '  local: *;'; echo '};'; } >$@

ready: program $(READY)/incmap $(READY)/incmap.pc

INSTALL_SETTINGS = BUILD='$(BUILD)' VERSION='$(VERSION)' SOVERSION='$(SOVERSION)' \
    BINDIR='$(BINDIR)' LIBDIR='$(LIBDIR)' INCLUDEDIR='$(INCLUDEDIR)' DATADIR='$(DATADIR)' \
    MANDIR='$(MANDIR)' COMPLETIONDIR='$(COMPLETIONDIR)' DESTDIR='$(DESTDIR)'

## install: program, library, data and pages below PREFIX (/usr/local), staged in DESTDIR
install: ready
	@$(INSTALL_SETTINGS) sh $(PACKAGING)/install.sh install

## uninstall: remove what install put there, with the same settings
uninstall:
	@$(INSTALL_SETTINGS) sh $(PACKAGING)/install.sh uninstall

tables: $(GEN)

## dist: build/incmap-VERSION.tar.gz, which builds without git, ICU and CLDR
dist: deps
	@sh $(PACKAGING)/dist.sh $(BUILD) $(VERSION)

## dist-check: build, install and use the tarball in a bare Debian
dist-check: all dist
	@sh tests/packaging/tarball.sh $(BUILD)/incmap-$(VERSION).tar.gz

## deb: Debian packages in build/deb: incmap, incmap-data, libincmap0, libincmap-dev
deb:
	@sh tests/lint/deps.sh deb
	@rm -rf build/deb/stage
	@$(MAKE) --no-print-directory BUILD=build/deb PREFIX=/usr DESTDIR=build/deb/stage \
	    LIBDIR="/usr/lib/$$(dpkg-architecture -qDEB_HOST_MULTIARCH)" \
	    OPT="$$(dpkg-buildflags --get CFLAGS) $$(dpkg-buildflags --get CPPFLAGS)" \
	    LDFLAGS="$$(dpkg-buildflags --get LDFLAGS)" install
	@sh $(PACKAGING)/deb.sh build/deb $(VERSION) $(SOVERSION) $(RELEASED)

## deb-check: build the packages, install them in a bare Debian and use them there
deb-check: all deb
	@sh tests/packaging/bare.sh build/deb

FORCE:
.PHONY: FORCE ready install uninstall tables dist dist-check deb deb-check
