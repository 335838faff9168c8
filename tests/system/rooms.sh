#!/bin/bash
# scripts/rooms finds what it says it finds: in a small tree of our own, every kind of trespass is planted and must be named.
set -u
cd "$(dirname "$0")/../.." || exit 1
rooms=$PWD/scripts/rooms
folder=$(mktemp -d /tmp/followupd-rooms-XXXXXX) || exit 1
tree=$folder/tree
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

ok() { echo "ok - $1"; passed=$((passed + 1)); }
bad() { echo "FAILED - $1"; [ $# -gt 1 ] && sed 's/^/    /' <<<"$2"; failed=$((failed + 1)); }

# file FILE: its text is on standard input; a .c file is compiled as make would.
file() {
    mkdir -p "$tree/$(dirname "$1")" "$tree/build/$(dirname "$1")"
    cat >"$tree/$1"
    case $1 in *.c) cc -w -std=gnu17 -D_GNU_SOURCE -I"$tree/daemon" -c -o "$tree/build/${1%.c}.o" "$tree/$1" ;; esac
}

# A tree without fault; every planted fault starts from it. Compiled once, then copied.
clean_tree() {
    rm -rf "$tree"
    [ -d "$folder/clean" ] || { build_clean_tree && mv "$tree" "$folder/clean"; }
    cp -r "$folder/clean" "$tree"
}
build_clean_tree() {
    file daemon/base/err.h <<<'int err_wrap(int x);'
    file daemon/base/err.c <<<'#include "base/err.h"
        int err_wrap(int x) { return x; }'
    file daemon/base/courier.c <<<'#include <pthread.h>
        #include <time.h>
        long courier_now(void) { pthread_t t; pthread_create(&t, 0, 0, 0); return time(0); }'
    file daemon/plan/hours.h <<<'int hours_open(int x);'
    file daemon/plan/hours.c <<<'#include "plan/hours.h"
        #include "base/err.h"
        #include <math.h>
        int hours_open(int x) { return err_wrap(x); }'
    file daemon/post/post.h <<<'int post_send(void);'
    file daemon/post/post.c <<<'#include <curl/curl.h>
        #include "post/post.h"
        int post_send(void) { return curl_easy_perform(0); }'
    file daemon/store/store.c <<<'#include <sqlite3.h>
        #include "plan/hours.h"
        int store_open(void) { return hours_open(sqlite3_close(0)); }'
    file daemon/app/run.c <<<'#include <stdlib.h>
        #include <time.h>
        int app_run(void) { return time(0) + !getenv("X"); }'
    file daemon/followupd.c <<<'int app_run(void); int main(void) { return app_run(); }'
}

run() { (cd "$tree" && "$rooms" "$@" 2>&1); }

# finds WHAT FILE "part of the line"...: the one planted file is named together with each part, and nothing else is complained about.
finds() {
    local what=$1 source=$2 out part
    shift 2
    if out=$(run build); then
        bad "$what is not found" "$out"
        return
    fi
    for part in "$@"; do
        if ! grep -qF -- "$source${part}" <<<"$out"; then
            bad "$what: no line with \"$source$part\"" "$out"
            return
        fi
    done
    if [ "$(wc -l <<<"$out")" -ne $# ]; then
        bad "$what: $# lines expected" "$out"
        return
    fi
    ok "$what"
}

# plants WHAT FILE TEXT PART...: one fault in a clean tree.
plants() {
    local what=$1 source=$2 text=$3
    shift 3
    clean_tree
    file "$source" <<<"$text"
    finds "$what" "$source" "$@"
}

clean_tree
if out=$(run build) && [ -z "$out" ]; then ok "a clean tree passes, without a word"; else bad "a clean tree passes" "$out"; fi
if out=$("$rooms" "$tree/build" "$tree" 2>&1) && [ -z "$out" ]; then
    ok "the tree may be named as second argument"
else
    bad "the tree may be named as second argument" "$out"
fi

plants "an include of a room beside" daemon/plan/x.c '#include "post/post.h"' ':1 includes post/post.h: post/ is beside plan/'
plants "an include of a room above" daemon/base/x.h '
#include "plan/hours.h"' ':2 includes plan/hours.h: plan/ is above base/'
plants "an include of a room that is none" daemon/store/x.c '#include "err.h"
    #include "../base/err.h"' 2>/dev/null ':1 includes err.h' ':2 includes ../base/err.h'
plants "a header of a library in the wrong room" daemon/engine/x.c '
    #include <curl/curl.h>
    #  include <sqlite3.h>
    #include <libconfig.h>
    #include <unicode/ucal.h>
    #include <jansson.h>
    #include <idn2.h>
    #include <ev.h>
    #include <openssl/sha.h>
    #include <pthread.h>' ':2 includes curl/curl.h: only post/ may' ':3 includes sqlite3.h: only source/ and store/ may' \
    ':4 includes libconfig.h' ':5 includes unicode/ucal.h' ':6 includes jansson.h' ':7 includes idn2.h' ':8 includes ev.h' \
    ':9 includes openssl/sha.h: only base/ may' ':10 includes pthread.h: only base/courier may'
plants "threads in base/ beside the courier" daemon/base/x.c '#include <pthread.h>
    int x(void) { return pthread_join(0, 0); }' ':1 includes pthread.h' ' needs pthread_join: only base/courier may use threads'

clean_tree # gmime and microhttpd need flags of their own, so these are headers nobody compiles
file daemon/channel/x.h <<<'#include <gmime/gmime.h>
#include <microhttpd.h>'
finds "a header in a header" daemon/channel/x.h ':1 includes gmime/gmime.h: only compose/ and inbox/ may' ':2 includes microhttpd.h'

plants "symbols of libraries, declared by hand" daemon/plan/x.c '
    void curl_easy_init(), sqlite3_step(), config_init(), g_mime_init(), u_strlen_72(), ucal_open_72(), json_object(), ev_run();
    void x(void) { curl_easy_init(); sqlite3_step(); config_init(); g_mime_init(); u_strlen_72(); ucal_open_72(); json_object(); ev_run(0, 0); }' \
    ' needs curl_easy_init from libcurl: only post/ may' ' needs sqlite3_step from libsqlite3: only source/ and store/ may' \
    ' needs config_init from libconfig: only settings/ may' ' needs g_mime_init from libgmime-3.0' \
    ' needs u_strlen_72 from libicuuc: only compose/ and source/ may' ' needs ucal_open_72 from libicui18n' \
    ' needs json_object from libjansson: only channel/ and inbox/ and ctl/ may' ' needs ev_run from libev: only app/ may'
plants "a library in a room that may use another one" daemon/post/x.c 'int idn2_free(), EVP_sha256();
    int x(void) { return idn2_free() + EVP_sha256(); }' ' needs idn2_free' ' needs EVP_sha256 from libcrypto: only base/ may'

clean_tree
file daemon/model/config.c <<<'int config_of_ours(void) { return 1; }'
file daemon/plan/x.c <<<'int config_of_ours(void); int x(void) { return config_of_ours(); }'
if out=$(run build); then ok "a name that only looks like a library's passes"; else bad "a name that only looks like a library's passes" "$out"; fi

plants "a name that a library has too" daemon/model/x.c 'int config_init(void) { return 1; }' ' defines config_init: libconfig has'

clocks="time clock_gettime gettimeofday localtime localtime_r ctime ftime timespec_get"
parts=() calls=
for name in $clocks; do calls+="$name();" parts+=(" needs $name: only app/ and base/courier may read a clock"); done
plants "every clock" daemon/engine/x.c "void x(void) { $calls }" "${parts[@]}"
plants "sleeping" daemon/ctl/x.c 'void x(void) { nanosleep(); usleep(1); sleep(1); }' ' needs nanosleep' ' needs usleep' ' needs sleep'
plants "sleeping in the source other than by nanosleep" daemon/source/x.c 'void x(void) { nanosleep(); sleep(1); }' ' needs sleep'
plants "the courier's clock outside couriers" daemon/plan/x.c 'long courier_now(); long x(void) { return courier_now(); }' ' needs courier_now'
plants "chance from nowhere" daemon/app/x.c 'int x(int *s) { srand(1); return rand() + random() + rand_r(s); }' \
    ' needs rand:' ' needs random:' ' needs rand_r:' ' needs srand:'
plants "the environment" daemon/settings/x.c 'char *getenv(); char *x(void) { return getenv("A"); }' ' needs getenv: only base/, app/ and ctl/ may'
plants "a clock in a program" daemon/x.c 'long x(void) { return time(0); }' ' needs time: only app/'

plants "a function of ours from above, without include" daemon/plan/x.c 'int store_open(); int x(void) { return store_open(); }' \
    ' needs store_open from daemon/store/store.c: store/ is above plan/'
plants "a function of ours from beside" daemon/plan/x.c 'int post_send(); int x(void) { return post_send(); }' \
    ' needs post_send from daemon/post/post.c: post/ is beside plan/'
plants "a room without a tier" daemon/cellar/x.c '#include "base/err.h"' ':1 includes base/err.h: cellar/ has no tier'

clean_tree
file daemon/plan/x.c <<<'long x(void) { return time(0); }'
rm "$tree/daemon/plan/x.c"
if out=$(run build); then ok "the object of a deleted file is no trespass"; else bad "the object of a deleted file" "$out"; fi

clean_tree
file daemon/plan/x.c <<<'#include "post/post.h"
    long x(void) { return time(0); }'
out=$(run --headers)
[ "$out" = 'daemon/plan/x.c:1 includes post/post.h: post/ is beside plan/' ] &&
    ok "--headers looks at includes alone" || bad "--headers looks at includes alone" "$out"
if out=$(run nowhere); then bad "no object files at all is an error"; else ok "no object files at all is an error"; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
