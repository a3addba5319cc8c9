"""Expressions that every root offers to the modules it calls."""

from capgen.topology.reference import Raw

ACCOUNT_ID = Raw("data.aws_caller_identity.current.account_id")
PARTITION = Raw("data.aws_partition.current.partition")
DATABASE_PASSWORD = Raw("var.database_password")
"""The operator's own password, for `database.password.source: variable`."""
DNS_SUFFIX = Raw("data.aws_partition.current.dns_suffix")
