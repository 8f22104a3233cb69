"""What watches know, and who took their troubles on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "watched_rows",
        sa.Column("watch_id", sa.String(64), primary_key=True),
        sa.Column("message_trace_id", sa.Text, primary_key=True),
        sa.Column("recipient_address", sa.Text, primary_key=True),
        sa.Column("status", sa.Text, primary_key=True),
        sa.Column("received_date_time", _INSTANT, nullable=False),
    )
    op.create_table(
        "watched_windows",
        sa.Column("watch_id", sa.String(64), primary_key=True),
        sa.Column("start_at", _INSTANT, nullable=False),
        sa.Column("end_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("watch_id", sa.String(64), primary_key=True),
        sa.Column("trouble", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(256), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("acknowledgements")
    op.drop_table("watched_windows")
    op.drop_table("watched_rows")
