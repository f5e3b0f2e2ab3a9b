"""The part of JSON Schema 2020-12 that docs/trace.schema.json uses, as a validator.

problems(value, schema) lists what does not fit, each with its path. A keyword that is not
known here is an error of the schema: nothing is passed over in silence.
"""

import json
import os
import re

DESCRIPTIONS = {"$schema", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}


def load():
    root = os.environ.get("LOCKWEAVE_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
    with open(os.path.join(root, "docs", "trace.schema.json"), encoding="utf-8") as file:
        return json.load(file)


def problems(value, schema, root=None, path="report"):
    root = schema if root is None else root
    found = []
    for keyword, argument in schema.items():
        if keyword not in DESCRIPTIONS:
            found += KEYWORDS[keyword](value, argument, schema, root, path)
    return found


def check_ref(value, reference, schema, root, path):
    assert reference.startswith("#/$defs/"), reference
    return problems(value, root["$defs"][reference[len("#/$defs/"):]], root, path)


def check_type(value, name, schema, root, path):
    fits = isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
    return [] if fits else ["%s is no %s: %.60r" % (path, name, value)]


def check_enum(value, words, schema, root, path):
    return [] if value in words else ["%s is none of %s: %.60r" % (path, words, value)]


def check_const(value, word, schema, root, path):
    return [] if value == word and isinstance(value, bool) == isinstance(word, bool) else ["%s is not %r: %.60r" % (path, word, value)]


def check_required(value, names, schema, root, path):
    return ["%s lacks '%s'" % (path, name) for name in names if isinstance(value, dict) and name not in value]


def check_properties(value, properties, schema, root, path):
    found = []
    if isinstance(value, dict):
        for name, part in properties.items():
            if name in value:
                found += problems(value[name], part, root, "%s.%s" % (path, name))
    return found


def check_additional(value, allowed, schema, root, path):
    found = []
    for name in value if isinstance(value, dict) else ():
        if name in schema.get("properties", {}):
            continue
        if allowed is False:
            found.append("%s has an unknown '%s'" % (path, name))
        else:
            found += problems(value[name], allowed, root, "%s.%s" % (path, name))
    return found


def check_items(value, part, schema, root, path):
    found = []
    for number, item in enumerate(value if isinstance(value, list) else ()):
        found += problems(item, part, root, "%s[%d]" % (path, number))
    return found


def check_min_items(value, least, schema, root, path):
    return ["%s has fewer than %d items" % (path, least)] if isinstance(value, list) and len(value) < least else []


def check_minimum(value, least, schema, root, path):
    return ["%s is below %r: %r" % (path, least, value)] if isinstance(value, (int, float)) and value < least else []


def check_pattern(value, pattern, schema, root, path):
    return ["%s does not fit %s: %.60r" % (path, pattern, value)] if isinstance(value, str) and not re.search(pattern, value) else []


def check_one_of(value, parts, schema, root, path):
    fitting = sum(not problems(value, part, root, path) for part in parts)
    return [] if fitting == 1 else ["%s fits %d of the possible forms: %.60r" % (path, fitting, value)]


KEYWORDS = {"$ref": check_ref, "type": check_type, "enum": check_enum, "const": check_const, "required": check_required,
            "properties": check_properties, "additionalProperties": check_additional, "items": check_items,
            "minItems": check_min_items, "minimum": check_minimum, "pattern": check_pattern, "oneOf": check_one_of}
