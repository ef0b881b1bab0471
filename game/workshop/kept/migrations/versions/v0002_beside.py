"""Counts changes beside the log, so that every process that serves an event sees them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the count."""
    op.add_column("events", sa.Column("beside", sa.BigInteger, nullable=False, server_default="0"))
