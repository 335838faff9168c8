/* followupctl: what an admin asks followupd, and tells it. */
#include "ctl/ctl.h"

int main(int argc, char **argv)
{
    return ctl_run(argc, argv);
}
