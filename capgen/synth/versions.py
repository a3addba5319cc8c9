"""The versions that compiled code asks for."""

from capgen.terraform.module import Body

REQUIRED_VERSION = ">= 1.11"
"""Ephemeral resources and write-only arguments: https://developer.hashicorp.com/terraform/language/v1.11.x."""

AWS_PROVIDER_VERSION = ">= 5.100, < 7"


def required_versions() -> Body:
    """Return the `terraform` settings that every module and root carries."""
    aws = {"source": "hashicorp/aws", "version": AWS_PROVIDER_VERSION}
    return {"required_version": REQUIRED_VERSION, "required_providers": {"aws": aws}}
