"""What outlives a process: SQLite or PostgreSQL through SQLAlchemy."""
