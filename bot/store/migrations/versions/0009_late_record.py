"""The record takes entries over that waited on disk."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("record", sa.Column("mark", sa.String(32)))
    op.add_column("record", sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_record_mark", "record", ["mark"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_record_mark", "record")
    op.drop_column("record", "late")
    op.drop_column("record", "mark")
