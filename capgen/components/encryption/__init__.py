"""The KMS key that encrypts the database, the file system, snapshots, secrets and logs."""
