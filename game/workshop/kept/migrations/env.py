"""Run by alembic, with the connection that `migrate` has left for it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
