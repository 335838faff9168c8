/* followupd: watches a company's customer database and tells salespeople whom to get in touch with, why now, and with
 * which offer. */
#include "app/app.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: followupd [-t] [-c FILE]\n"
    "  -c FILE  the configuration (/etc/followupd/followupd.conf)\n"
    "  -t       only test it: exit code 0 or 78\n"
    "  -V       say the version\n"
    "followupd stays in the foreground; SIGHUP reads the configuration again, SIGTERM ends it.\n";

int main(int argc, char **argv)
{
    const char *file = "/etc/followupd/followupd.conf";
    int test = 0, option;
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    while ((option = getopt(argc, argv, ":c:tVh")) != -1) {
        switch (option) {
        case 'c':
            file = optarg;
            break;
        case 't':
            test = 1;
            break;
        case 'V':
            puts("followupd " VERSION);
            return 0;
        case 'h':
            fputs(usage, stdout);
            return 0;
        case ':':
            fprintf(stderr, "followupd: -%c needs the name of a file behind it\n", optopt);
            return 64;
        default:
            fprintf(stderr, "followupd: there is no option \"%s\"; followupd --help lists them\n",
                    optopt == '-' ? argv[optind] : (char[]){ '-', (char)optopt, '\0' });
            return 64;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "followupd: \"%s\" is one argument too many; followupd --help says what it takes\n",
                argv[optind]);
        return 64;
    }
    return test ? app_test(file) : app_run(file);
}
