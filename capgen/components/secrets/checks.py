"""Why the secrets module has no test of its own.

Terraform 1.11 refuses both at validation, so that not even a run that plans a part of the module gets past it.
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
        "There is none. `terraform test` cannot run this module: in Terraform 1.11 a mocked provider knows no "
        "ephemeral resources, and what is tested may have no ephemeral output such as `database_password`. "
        "`terraform validate`, `terraform plan` and the policy scan see it as a part of each region's root."
    )
