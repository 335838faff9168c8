# followupd. `make` builds build/followupd and build/followupctl; `make help` lists the rest.
# SAN=1 builds and runs everything under AddressSanitizer and UBSan, in a folder of its own; CC=clang too.

PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
VERSION := 0.1

profile := $(if $(findstring clang,$(CC)),clang,gcc)$(if $(SAN),-san)
O := build/$(profile)
# The programs of the ordinary profile lie where people look for them; other profiles keep their own.
OUT := $(if $(filter gcc,$(profile)),build,$(O))

rooms := base model settings plan compose post source store channel inbox engine app ctl
packages := libcurl libconfig sqlite3 gmime-3.0 icu-i18n icu-uc jansson libidn2 libcrypto libcmark

CFLAGS ?= -O2 -g
warnings := -Wall -Wextra -Wformat=2 -Werror=format-security -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wvla -Wundef
hardening := -fPIE -fstack-protector-strong -fstack-clash-protection
ifeq ($(SAN),)
hardening += -D_FORTIFY_SOURCE=2
else
sanitize := -fsanitize=address,undefined
hardening += $(sanitize) -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
ifneq ($(WERROR),)
warnings += -Werror
endif
# libev's own header is not written for strict aliasing; only app/ includes it.
cflags = -std=gnu17 $(CFLAGS) $(warnings) $(hardening) -pthread -D_GNU_SOURCE -DVERSION='"$(VERSION)"' \
	-DDATADIR='"$(PREFIX)/share/followupd"' -Idaemon -Itests $(package_cflags) -MMD -MP
package_cflags := $(shell pkg-config --cflags $(packages) | sed 's/-I/-isystem /g')
package_libs := $(shell pkg-config --libs $(packages))
ldflags = -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(sanitize) $(LDFLAGS)
libs = $(package_libs) -lev -lm -pthread

room_sources := $(foreach r,$(rooms),$(wildcard daemon/$(r)/*.c))
room_objects := $(room_sources:%.c=$(O)/%.o)
# The programs' own objects too, so that `make rooms` sees them.
program_objects := $(O)/daemon/followupd.o $(O)/daemon/followupctl.o
harness := $(O)/tests/harness/harness.o
tests = $(patsubst %.c,$(O)/%.o,$(wildcard tests/$(1)/*.c))
world := $(call tests,world)
programs := $(OUT)/followupd $(OUT)/followupctl
test_programs := $(OUT)/unit $(OUT)/stories $(OUT)/sim $(OUT)/bench $(OUT)/look-messages

# V=1 shows the commands.
quiet := $(if $(V),,@)
say := @$(if $(V),:,echo)

all: $(programs)

$(OUT)/followupd: $(O)/daemon/followupd.o $(room_objects)
$(OUT)/followupctl: $(O)/daemon/followupctl.o $(room_objects)
$(OUT)/unit: $(call tests,unit) $(harness) $(room_objects)
$(OUT)/stories: $(call tests,stories) $(world) $(harness) $(room_objects)
$(OUT)/sim: $(call tests,sim) $(world) $(harness) $(room_objects)
$(OUT)/bench: $(call tests,bench) $(room_objects)
$(OUT)/look-messages: $(call tests,look) $(room_objects)

# The oracle of our .ics files; where it is absent, its tests say so.
$(OUT)/unit: libs += $(shell pkg-config --libs-only-l libical 2>/dev/null)

$(programs) $(test_programs):
	@mkdir -p $(@D)
	$(say) LD $@
	$(quiet)$(CC) $(ldflags) -o $@ $^ $(libs)

# Another compiler or other flags build everything anew.
ifeq ($(filter clean format help uninstall deb,$(MAKECMDGOALS)),)
$(shell mkdir -p $(O))
$(file >$(O)/flags.now,$(CC) $(cflags))
$(shell cmp -s $(O)/flags.now $(O)/flags || mv $(O)/flags.now $(O)/flags; rm -f $(O)/flags.now)
endif

$(O)/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(cflags) -c -o $@ $<

# The statements and migrations of the store are compiled in (.incbin).
$(O)/daemon/store/store.o: $(wildcard daemon/store/*.sql)
$(O)/daemon/source/native.o: conf/schema.sql

check: unit rooms stories sim

unit stories sim: %: $(OUT)/%
	$(OUT)/$@

# Ten years of 2,000 customers: minutes.
sim-long: $(OUT)/sim
	$(OUT)/sim --long 1

# The real programs against real servers on loopback.
system: all
	@for test in tests/system/*.sh tests/system/*.py; do [ ! -x $$test ] || { echo "== $$test"; $$test; } || exit 1; done

# Ratios against the floors of ../shared/perf: absolute times on shared machines mean nothing.
bench: all $(OUT)/bench
	$(OUT)/bench

# Every message as its readers see it: files and pictures in build/look.
look: $(OUT)/look-messages
	scripts/look

rooms: $(room_objects) $(program_objects)
	scripts/rooms $(O)

format:
	clang-format -i $(wildcard daemon/*.c daemon/*/*.[ch] tests/*/*.[ch])

share := $(DESTDIR)$(PREFIX)/share
doc := $(share)/doc/followupd
lib := $(DESTDIR)$(PREFIX)/lib
languages := $(patsubst conf/languages/%,%,$(shell find conf/languages -type f))
manuals := man1/followupctl.1 man5/followupd.conf.5 man8/followupd.8
# Every installed file that names others: with PREFIX in place of /usr/local. FROM:TO
adapted := $(foreach m,$(manuals),daemon/man/$(notdir $m):$(share)/man/$m) \
	$(foreach c,followupd.conf native.conf schema.sql,conf/$c:$(doc)/examples/$c) \
	$(foreach e,$(wildcard systemd/examples/*),$e:$(doc)/examples/$(notdir $e)) \
	systemd/followupd.service:$(lib)/systemd/system/followupd.service \
	systemd/followupd.sysusers:$(lib)/sysusers.d/followupd.conf \
	systemd/followupd.tmpfiles:$(lib)/tmpfiles.d/followupd.conf
copied := conf/holidays/example.txt:$(doc)/examples/holidays/example.txt README.md:$(doc)/README.md conf/sales-practice.md:$(doc)/sales-practice.md \
	scripts/followupctl.bash:$(share)/bash-completion/completions/followupctl \
	$(foreach l,$(languages),conf/languages/$l:$(share)/followupd/languages/$l)
from_to = $(subst :, ,$(1))
installed := $(DESTDIR)$(PREFIX)/bin/followupd $(DESTDIR)$(PREFIX)/bin/followupctl \
	$(foreach i,$(adapted) $(copied),$(lastword $(call from_to,$i)))

install: $(programs)
	@install -D -t $(DESTDIR)$(PREFIX)/bin $(programs)
	@set -e; $(foreach i,$(copied),install -D -m 644 $(call from_to,$i);)
	@set -e; $(foreach i,$(adapted),install -D -m 644 $(call from_to,$i); \
		sed 's,/usr/local/,$(PREFIX)/,g' <$(subst :, >,$i);)
	@echo "Installed $(words $(installed)) files below $(DESTDIR)$(PREFIX). Then, as root: systemd-sysusers; systemd-tmpfiles --create;"
	@echo "systemctl daemon-reload; cp -r $(PREFIX)/share/doc/followupd/examples/{followupd.conf,holidays} /etc/followupd/; and edit it."

# Exactly what install put there; never the configuration, the store or the user.
uninstall:
	rm -f $(installed)
	@for own in $(share)/followupd $(doc); do [ ! -d $$own ] || find $$own -depth -type d -empty -delete; done

# build/deb/followupd_VERSION_ARCH.deb, without network and without root.
deb:
	scripts/deb $(VERSION)

clean:
	rm -rf build

help:
	@echo "make            build/followupd and build/followupctl"
	@echo "make check      unit, rooms, stories and sim; make system: the real programs; scripts/test: everything"
	@echo "make unit|stories|sim|system|bench|rooms   one of them"
	@echo "make sim-long   ten years of 2,000 customers in the simulator: minutes"
	@echo "make look       every message in every language as pictures, and checks of them: build/look"
	@echo "make install    below PREFIX ($(PREFIX)) and DESTDIR; make uninstall;  make deb: a Debian package"
	@echo "make format     settle white space;  make clean"
	@echo "SAN=1           with AddressSanitizer and UBSan, in a folder of its own;  CC=clang likewise;  V=1 shows commands"

.PHONY: all check unit stories sim sim-long system bench look rooms format install uninstall deb clean help
.DELETE_ON_ERROR:

-include $(shell find $(O) -name '*.d' 2>/dev/null)
