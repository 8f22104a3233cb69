"""Tests of bot.store, each on SQLite and on PostgreSQL."""
