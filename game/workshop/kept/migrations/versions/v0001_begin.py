"""The tables of the first events, which carried no version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """They are there: this gives them a version."""
    assert sa.inspect(op.get_bind()).has_table("events")
