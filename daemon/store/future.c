/* What is to be done about rows of a future that was none. */
#include "store/statements.h"

bool store_take_back(struct store *s, instant now, date today, struct err *e)
{
    return store_run(s, e, DO_future_episodes, "I", now) && store_run(s, e, DO_future_tellings, "ID", now, today) &&
           store_run(s, e, DO_future_settled, "I", now) && store_run(s, e, DO_future_waiting, "I", now) &&
           store_run(s, e, DO_future_offers, "I", now) && store_run(s, e, DO_future_contacts, "I", now) &&
           store_run(s, e, DO_future_seen, "D", today) && store_run(s, e, DO_future_missing, "I", now) &&
           store_run(s, e, DO_future_alerts, "ID", now, today) && store_run(s, e, DO_future_newcomers, "D", today) &&
           store_run(s, e, DO_future_digests, "D", today);
}
