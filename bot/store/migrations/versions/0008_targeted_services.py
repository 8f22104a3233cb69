"""The connectors that are known to take messages which one person alone sees."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "targeted_services",
        sa.Column("service_url", sa.String(512), primary_key=True),
        sa.Column("tenant_id", sa.String(64), primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("targeted_services")
