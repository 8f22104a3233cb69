"""Mark each request of the quota as an employee's or the help desk's."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_TABLES = ("request_stamps", "waiting_tickets")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("employee", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("waiting_tickets", sa.Column("back_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("waiting_tickets", "back_until")
    for table in _TABLES:
        op.drop_column(table, "employee")
