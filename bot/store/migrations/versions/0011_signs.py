"""When each kind of thing last came to the door."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "signs",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("latest_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("signs")
