"""Whose each open card is, who alone sees it, and whether its search is to stop, wherever it runs."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_NONE = sa.text("''")


def upgrade() -> None:
    op.add_column(
        "open_answers", sa.Column("reader_id", sa.String(512), nullable=False, server_default=_NONE)
    )
    op.add_column("open_answers", sa.Column("person", sa.String(64), nullable=False, server_default=_NONE))
    op.add_column("open_answers", sa.Column("stop", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    for name in ("stop", "person", "reader_id"):
        op.drop_column("open_answers", name)
