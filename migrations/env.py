"""Alembic's entry: migrates the database named by ``sqlalchemy.url``. Knows only ``casefile.models``."""

from alembic import context

from casefile.database import open_engine
from casefile.models import Base

config = context.config


def migrate() -> None:
    """Run the migrations over one connection, in one transaction each."""
    engine = open_engine(config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transaction_per_migration=True,
            render_as_batch=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


migrate()
