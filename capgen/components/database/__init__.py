"""The RDS PostgreSQL instance with its subnet group, its parameter group and the log groups that it writes to."""
