"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "conversation_references",
        sa.Column("teams_id", sa.String(512), primary_key=True),
        sa.Column("tenant_id", sa.String(64), primary_key=True),
        sa.Column("service_url", sa.String(512), nullable=False),
        sa.Column("conversation_id", sa.String(512), nullable=False),
        sa.Column("bot_id", sa.String(512), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "card_states",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(512), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False, index=True),
    )
    op.create_table(
        "open_answers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("service_url", sa.String(512), nullable=False),
        sa.Column("conversation_id", sa.String(512), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("bot_id", sa.String(512), nullable=False),
        sa.Column("activity_id", sa.String(512), nullable=False),
        sa.Column("state_id", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(35), nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False, index=True),
    )
    op.create_table(
        "claimed_activities",
        sa.Column("conversation_id", sa.String(512), primary_key=True),
        sa.Column("activity_id", sa.String(512), primary_key=True),
        sa.Column("claimed_at", _INSTANT, nullable=False, index=True),
    )
    op.create_table(
        "request_stamps",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("made_at", _INSTANT, nullable=False, index=True),
    )


def downgrade() -> None:
    for table in (
        "request_stamps",
        "claimed_activities",
        "open_answers",
        "card_states",
        "conversation_references",
    ):
        op.drop_table(table)
