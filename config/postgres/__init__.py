"""PostgreSQL as this program uses it: one transaction writes at a time, as on SQLite (docs/decisions/0003)."""
