"""Why the secrets module has no test of its own.

Both refusals are Terraform 1.11's, at validation, so that not even a run that plans a part of the module gets past them.
"""

from capgen.components.secrets.plan import Shape
from capgen.terraform.checks import NoChecks


def checks(shape: Shape) -> NoChecks:
    """Say what is in the way.

    https://developer.hashicorp.com/terraform/language/tests/mocking
    https://developer.hashicorp.com/terraform/language/values/outputs#ephemeral
    """
    del shape
    return NoChecks(
        "`terraform test` can not run this module: its mocked provider knows no ephemeral resources, and it refuses the "
        "ephemeral output `database_password` in the module that it tests. "
        "`terraform validate` and the policy scan of a region cover the module as part of the region's root."
    )
