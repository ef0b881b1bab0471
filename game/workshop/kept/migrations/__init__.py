"""How the tables of an earlier version become those of this one, step by step; alembic does it.

Importing this module imports alembic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_HERE: Final = Path(__file__).parent


def migrate(connection: sa.Connection) -> None:
    """Change the tables, in the transaction that is running. Raises `OSError` for those of a later version."""
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    now = MigrationContext.configure(connection).get_current_revision()
    if now is not None and now not in {each.revision for each in ScriptDirectory(str(_HERE)).walk_revisions()}:
        raise OSError(None, "a later version of First Visit has made it; use that one")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
