"""Which team a channel belongs to: a bot is removed from a team, not from a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for table in ("errands", "places"):
        op.add_column(
            table, sa.Column("team_id", sa.String(512), nullable=False, server_default=sa.text("''"))
        )


def downgrade() -> None:
    for table in ("errands", "places"):
        op.drop_column(table, "team_id")
