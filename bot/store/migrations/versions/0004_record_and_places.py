"""The record, which nobody changes, and the places approved for results."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True)

_SQLITE = """
CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'the record is not changed'); END
"""
_POSTGRESQL = (
    """
CREATE FUNCTION record_is_not_changed() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the record is not changed'; END
$$ LANGUAGE plpgsql
""",
    """
CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
FOR EACH ROW EXECUTE FUNCTION record_is_not_changed()
""",
)


def upgrade() -> None:
    op.create_table(
        "record",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", _INSTANT, nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("aad_object_id", sa.String(64), nullable=False, index=True),
        sa.Column("name", sa.String(256), nullable=False),
        sa.Column("conversation_id", sa.String(512), nullable=False),
        sa.Column("place_kind", sa.String(16), nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("ticket", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation_id", sa.String(512), nullable=False, unique=True),
        sa.Column("service_url", sa.String(512), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("bot_id", sa.String(512), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("approved_by", sa.String(64), nullable=False),
        sa.Column("approved_at", _INSTANT, nullable=False),
    )
    for statement in (_SQLITE,) if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("places")
    op.drop_table("record")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION record_is_not_changed()")
