/* The channel "teams". */
#include "chat_channel.h"

static const char anna[] = "anna@nordlys.example";
static const char flow[] = "https://prod-12.westeurope.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/invoke?"
                           "api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sig=x-Y_z";

TEST(teams_gets_an_adaptive_card_for_whoever_the_flow_writes_to)
{
    struct arena a = { 0 };
    struct channel_options o = { .name = "teams" };
    struct message m = a_message(anna, &a);
    m.bytes = chat_keep("en", "(Shortened.)",
                        "# Call *Bo*\n\nSilent for **81 days**.\n\n## Who\n\n**Kari**, Bo\\\n+47 55 12 34 56\\\n"
                        "[Open the record](https://crm.example/1?a=b&c=d)\n\n1. Hello\n",
                        &a);
    m.size = strlen(m.bytes);
    CHECK_TEXT(
        request_as_text(&channel_teams, &o, &m, &(struct supplies){ .secret = flow }, &a),
        "POST "
        "https://prod-12.westeurope.logic.azure.com:443/workflows/0a1b/triggers/manual/paths/"
        "invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sig=x-Y_z\n"
        "Content-Type: application/json\n"
        "\n"
        "{\"type\":\"message\",\"to\":\"anna@nordlys.example\",\"summary\":\"Bo: 81 days without an "
        "order\",\"attachments\":[{\"contentType\":\"application/"
        "vnd.microsoft.card.adaptive\",\"contentUrl\":null,\"content\":{\"$schema\":\"http://adaptivecards.io/schemas/"
        "adaptive-card.json\",\"type\":\"AdaptiveCard\",\"version\":\"1.4\",\"fallbackText\":\"Bo: 81 days without an "
        "order\",\"lang\":\"en\",\"msteams\":{\"width\":\"Full\"},\"body\":[{\"type\":\"RichTextBlock\",\"spacing\":"
        "\"Small\",\"inlines\":[{\"type\":\"TextRun\",\"text\":\"Call "
        "Bo\",\"weight\":\"Bolder\",\"size\":\"Large\"}]},{\"type\":\"RichTextBlock\",\"spacing\":\"Medium\","
        "\"inlines\":[{\"type\":\"TextRun\",\"text\":\"Silent for \"},{\"type\":\"TextRun\",\"text\":\"81 "
        "days\",\"weight\":\"Bolder\"},{\"type\":\"TextRun\",\"text\":\".\"}]},{\"type\":\"RichTextBlock\",\"spacing\":"
        "\"Medium\",\"inlines\":[{\"type\":\"TextRun\",\"text\":\"Who\",\"weight\":\"Bolder\"}]},{\"type\":"
        "\"RichTextBlock\",\"spacing\":\"Small\",\"inlines\":[{\"type\":\"TextRun\",\"text\":\"Kari\",\"weight\":"
        "\"Bolder\"},{\"type\":\"TextRun\",\"text\":\", "
        "Bo\"}]},{\"type\":\"RichTextBlock\",\"spacing\":\"Small\",\"inlines\":[{\"type\":\"TextRun\",\"text\":\"+47 "
        "55 12 34 "
        "56\",\"selectAction\":{\"type\":\"Action.OpenUrl\",\"url\":\"tel:+4755123456\"}}]},{\"type\":"
        "\"RichTextBlock\",\"spacing\":\"Medium\",\"inlines\":[{\"type\":\"TextRun\",\"text\":\"1. "
        "\"},{\"type\":\"TextRun\",\"text\":\"Hello\"}]}],\"actions\":[{\"type\":\"Action.OpenUrl\",\"url\":\"https://"
        "crm.example/1?a=b&c=d\",\"title\":\"Open the record\"}]}}]}");
    arena_done(&a);
}

TEST(teams_says_what_became_of_a_message)
{
    static const struct judged rows[] = {
        { 202, "", 0, VERDICT_SENT, 0, 0, "" },
        { 200, "{\"status\":\"done\"}", 0, VERDICT_SENT, 0, 0, "" },
        { 400,
          "{\"error\":{\"code\":\"WorkflowTriggerIsNotEnabled\",\"message\":\"Could not execute workflow 'x' trigger "
          "'manual' with workflow state 'Suspended'.\"}}",
          0, VERDICT_LATER, BLAME_CHANNEL, 0, "gone or switched off" },
        { 404, "{\"error\":{\"code\":\"WorkflowNotFound\",\"message\":\"The workflow '0a1b' could not be found.\"}}", 0,
          VERDICT_LATER, BLAME_CHANNEL, 0, "gone or switched off" },
        { 401,
          "{\"error\":{\"code\":\"DirectApiInvalidAuthorizationScheme\",\"message\":\"The request has SAS "
          "authentication scheme while 'OAuth' is expected.\"}}",
          0, VERDICT_LATER, BLAME_CHANNEL, 0, "may anyone start it" },
        { 400, "{\"error\":{\"code\":\"TriggerInputSchemaMismatch\",\"message\":\"The input body is wrong.\"}}", 0,
          VERDICT_REFUSED, BLAME_MESSAGE, 0, "TriggerInputSchemaMismatch" },
        { 413, "", 0, VERDICT_REFUSED, BLAME_MESSAGE, 0, "413" },
        { 429, "{\"error\":{\"code\":\"WorkflowRateLimit\",\"message\":\"Rate limit is exceeded.\"}}", 17 * SECOND,
          VERDICT_LATER, BLAME_SERVER, 17 * SECOND, NULL },
        { 502, "{\"error\":{\"code\":\"NoResponse\",\"message\":\"The server did not receive a response\"}}", 0,
          VERDICT_LATER, BLAME_SERVER, 0, "502" },
    };
    check_judged(&channel_teams, rows, sizeof rows / sizeof rows[0]);
    check_manners(&channel_teams);
}

TEST(who_is_nobody_in_teams_is_told_what_to_write)
{
    static const char *const wrong[] = { "",     "anna",          "@x.example",        "anna@",
                                         "a@b",  "a b@x.example", "a@b@x.example",     "a@x.example\r\nX: y",
                                         "a@.x", "<a@x.example>", "\xc3\xa5@x.example" };
    struct err e;
    CHECK_OK(channel_teams.address_ok(anna, &e), &e);
    CHECK_OK(channel_teams.address_ok("bo_x.example#EXT#@nordlys.onmicrosoft.com", &e), &e);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!channel_teams.address_ok(wrong[i], &e));
        CHECK(strstr(e.text, "write what the person logs in with"));
    }
}

TEST(a_connector_that_microsoft_has_ended_is_not_taken_for_a_flow)
{
    struct err e;
    CHECK_OK(channel_secret_ok(&channel_teams, flow, &e), &e);
    CHECK_OK(channel_secret_ok(&channel_teams,
                               "https://default0a.1b.environment.api.powerplatform.com:443/powerautomate/automations/"
                               "direct/workflows/0a/triggers/manual/paths/invoke?api-version=1&sig=x",
                               &e),
             &e);
    CHECK(!channel_secret_ok(&channel_teams, "https://nordlys.webhook.office.com/webhookb2/0a/IncomingWebhook/1", &e));
    CHECK(strstr(e.text, "Microsoft has ended"));
    CHECK(!channel_secret_ok(&channel_teams, "https://teams.example/", &e));
    CHECK(!channel_secret_ok(&channel_teams, "xoxb-1", &e));
}

TEST(teams_shows_hostile_names_as_they_are_and_a_card_of_any_length_stays_below_its_limit)
{
    json_t *body = hostile_request(&channel_teams, anna, flow, 2, 20000);
    const json_t *card = request_find(body, "attachments.0.content");
    CHECK_TEXT(request_text(card, "body.0.inlines.0.text"), HOSTILE);
    CHECK_TEXT(request_text(card, "body.0.inlines.0.type"), "TextRun");                  /* never Markdown */
    CHECK(!request_find(card, "msteams.entities") && !json_object_get(card, "actions")); /* who would be mentioned */
    json_decref(body);
    body = hostile_request(&channel_teams, anna, flow, 1000, 20000);
    const json_t *lines = request_find(body, "attachments.0.content.body");
    const json_t *last = json_array_get(lines, json_array_size(lines) - 1);
    CHECK_TEXT(request_text(last, "inlines.0.text"), "(Shortened.)");
    CHECK(json_array_size(lines) > 50);
    json_decref(body);
}
