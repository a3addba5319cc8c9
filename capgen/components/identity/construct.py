"""Make every principal that the shape asks for."""

from capgen.components.identity.context import declare_context
from capgen.components.identity.credentials import output_credentials
from capgen.components.identity.database_monitoring_role import add_database_monitoring_role
from capgen.components.identity.deploy_role import add_deploy_role
from capgen.components.identity.deploy_user import add_deploy_user
from capgen.components.identity.plan import Shape
from capgen.components.identity.snapshot_script_role import add_snapshot_script_role
from capgen.components.identity.task_execution_role import add_task_execution_role
from capgen.components.identity.task_role import add_task_role
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module

_NULL = Expr("null")


def construct(module: Module, shape: Shape) -> None:
    """Output the ARN of each principal once its policy is in place, and null for one that there is not."""
    context = declare_context(module, shape)
    add_task_execution_role(context)
    add_task_role(context)
    if shape.snapshot_script_role:
        add_snapshot_script_role(context)
    else:
        module.output("snapshot_script_role_arn", _NULL, "There is no role: Terraform itself writes the script.")
    if shape.database_monitoring:
        add_database_monitoring_role(context)
    else:
        module.output("database_monitoring_role_arn", _NULL, "There is no role: Enhanced Monitoring is off.")
    if shape.deploy == "key":
        add_deploy_user(context)
    elif shape.deploy == "role":
        add_deploy_role(context)
    else:
        output_credentials(module, _NULL, _NULL)
