"""Searches that people saved, and the last ones they asked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "kept_searches",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("name_key", sa.Text),
        sa.Column("digest", sa.String(64)),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.UniqueConstraint("owner", "name_key", name="uq_kept_searches_name"),
        sa.UniqueConstraint("owner", "digest", name="uq_kept_searches_digest"),
    )


def downgrade() -> None:
    op.drop_table("kept_searches")
