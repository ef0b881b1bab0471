"""The JSON Schema of the scenario format, made from its models, for editors that complete and check while you type.

`python -m engine.scenario.schema` prints it; the copy beside the bundled scenarios must be the same. The schema takes
whatever the reader takes, and less strictly: names and sums are for `firstvisit check`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from engine.scenario.format import File
from engine.scenario.renames import RENAMES

TITLE = "First Visit scenario, format 2"


def schema() -> dict[str, Any]:
    """The JSON Schema as a map."""
    made = tidied(File.model_json_schema(by_alias=True))
    made["$schema"] = "http://json-schema.org/draft-07/schema#"
    made["title"] = TITLE
    _with_old_words(made)
    # a file with several prospects may leave to each of them what a file with one buyer must say itself
    made["if"] = {"not": {"required": ["prospects"]}}
    made["then"] = {
        "required": ["briefing", "offer", "buyer", "lines"],
        "properties": {"offer": {"required": ["price"]}, "buyer": {"required": ["name"]}},
    }
    return dict(sorted(made.items(), key=lambda item: item[0] in ("$defs", "definitions")))


def _with_old_words(made: dict[str, Any]) -> None:
    """Let a file of format 1 pass as well, with a word at each of its old words that says the new one. What an editor
    offers to write is of format 2."""
    made["properties"]["format"]["enum"] += [1, "1"]
    for rename in RENAMES:
        note = {"deprecationMessage": f"In format 2 this is `{rename.new}`: firstvisit migrate rewrites the file."}
        for model in rename.models:
            fields = (made if model is File else made["$defs"][model.__name__])["properties"]
            if rename.field is None:
                fields[rename.old] = {**fields[rename.new], **note}
            else:
                known = fields[rename.field]
                fields[rename.field] = {"anyOf": [{"type": "string", "pattern": f"^{rename.old}$", **note}, known]}


def schema_text() -> str:
    """The JSON Schema as the committed file has it."""
    return json.dumps(_moved(schema()), indent=1, ensure_ascii=False) + "\n"


def tidied(part: Any) -> Any:
    """Without titles that only repeat the name of a field, and defaults that say nothing."""
    if isinstance(part, list):
        return [tidied(item) for item in part]
    if not isinstance(part, dict):
        return part
    tidy = {key: tidied(value) for key, value in part.items()}
    if isinstance(tidy.get("title"), str):
        del tidy["title"]
    if "default" in tidy and tidy["default"] is None:
        del tidy["default"]
    if "patternProperties" in tidy:
        # what is not an id is not a key either
        tidy["additionalProperties"] = False
    return tidy


def _moved(part: Any) -> Any:
    """With `definitions` for `$defs`, the word of the draft that editors know best."""
    if isinstance(part, list):
        return [_moved(item) for item in part]
    if isinstance(part, dict):
        return {"definitions" if key == "$defs" else key: _moved(value) for key, value in part.items()}
    if isinstance(part, str) and part.startswith("#/$defs/"):
        return "#/definitions/" + part.removeprefix("#/$defs/")
    return part


if __name__ == "__main__":
    sys.stdout.write(schema_text())
