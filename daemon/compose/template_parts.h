/* What a parsed template is made of: between template.c, which parses, and render.c, which renders. */
#ifndef COMPOSE_TEMPLATE_PARTS_H
#define COMPOSE_TEMPLATE_PARTS_H

#include "compose/template.h"

enum node_kind { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_END, NODE_PARTIAL };

enum { NAME_ROOM = 128 }; /* the longest name of a tag, with its NUL */

struct node {
    enum node_kind kind;
    bool starts_line; /* NODE_TEXT: a line of the template begins here; a partial's indentation goes in front */
    int line;
    const char *text; /* NODE_TEXT: `size` bytes; else the name */
    size_t size;
    size_t end;         /* NODE_SECTION, NODE_INVERTED: where its NODE_END is */
    const char *indent; /* NODE_PARTIAL alone on its line: the white space in front, `size` bytes */
};

struct template
{
    char *source; /* texts and names point into it */
    struct node *nodes;
    size_t n;
};

#endif
