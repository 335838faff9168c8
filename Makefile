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
packages := libcurl libconfig sqlite3 gmime-3.0 icu-i18n icu-uc jansson libidn2 libcrypto

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
unit_objects := $(patsubst %.c,$(O)/%.o,$(wildcard tests/unit/*.c))
programs := $(OUT)/followupd $(OUT)/followupctl
test_programs := $(OUT)/unit

# V=1 shows the commands.
quiet := $(if $(V),,@)
say := @$(if $(V),:,echo)

all: $(programs)

$(OUT)/followupd: $(O)/daemon/followupd.o $(room_objects)
$(OUT)/followupctl: $(O)/daemon/followupctl.o $(room_objects)
$(OUT)/unit: $(unit_objects) $(harness) $(room_objects)

$(programs) $(test_programs):
	@mkdir -p $(@D)
	$(say) LD $@
	$(quiet)$(CC) $(ldflags) -o $@ $^ $(libs)

$(O)/%.o: %.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(CC) $(cflags) -c -o $@ $<

# The statements and migrations of the store are compiled in (.incbin).
$(O)/daemon/store/%.o: $(wildcard daemon/store/*.sql)

check: unit rooms

unit: $(OUT)/unit
	$(OUT)/unit

rooms: $(room_objects) $(program_objects)
	scripts/rooms $(O)

format:
	clang-format -i $(wildcard daemon/*.c daemon/*/*.[ch] tests/*/*.[ch])

clean:
	rm -rf build

help:
	@sed -n 's/^# //p' Makefile | head -2

.PHONY: all check unit rooms format clean help
.DELETE_ON_ERROR:

-include $(shell find $(O) -name '*.d' 2>/dev/null)
