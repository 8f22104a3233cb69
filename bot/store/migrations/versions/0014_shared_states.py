"""Store equal card states once, and count their size."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "state_payloads",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    op.add_column("card_states", sa.Column("digest", sa.String(64)))
    op.add_column("card_states", sa.Column("size", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column(
        "card_states", sa.Column("number", sa.BigInteger, nullable=False, server_default=sa.text("0"))
    )
    for name in ("digest", "number"):
        op.create_index(f"ix_card_states_{name}", "card_states", [name])


def downgrade() -> None:
    # The version before cannot read a state without its own payload.
    op.execute("DELETE FROM card_states WHERE digest IS NOT NULL")
    for name in ("digest", "number"):
        op.drop_index(f"ix_card_states_{name}", "card_states")
    for name in ("digest", "size", "number"):
        op.drop_column("card_states", name)
    op.drop_table("state_payloads")
