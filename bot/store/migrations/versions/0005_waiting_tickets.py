"""Who spent each request of the quota, and who waits for one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("request_stamps", sa.Column("who", sa.String(64), nullable=False, server_default="unknown"))
    op.add_column(
        "request_stamps", sa.Column("background", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "waiting_tickets",
        sa.Column("who", sa.String(64), primary_key=True),
        sa.Column("background", sa.Boolean, primary_key=True),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("waiting_tickets")
    op.drop_column("request_stamps", "background")
    op.drop_column("request_stamps", "who")
