"""The database's master password: a secret of its own, or one that exists, and never a value in plan or state."""
