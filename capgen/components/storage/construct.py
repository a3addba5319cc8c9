"""Make the file system, its mount targets and its access point, and close every other way in."""

from capgen.components.storage.access_point import access_point
from capgen.components.storage.file_system import file_system
from capgen.components.storage.file_system_policy import file_system_policy
from capgen.components.storage.mount_targets import declare_subnets, mount_targets
from capgen.components.storage.plan import Shape
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output what a task mounts. The file system's ID waits until it can be mounted, and only as it should be."""
    name = module.variable("name", "string", "Name of the file system.")
    subnets = declare_subnets(module, shape)
    files = file_system(module, shape, name, subnets)
    targets = mount_targets(module, files, subnets)
    entrance = access_point(module, files, name)
    closed = file_system_policy(module, files, entrance)
    module.output("file_system_id", files["id"], "ID of the file system.", depends_on=[targets, closed])
    module.output("file_system_arn", files["arn"], "ARN of the file system.")
    module.output("access_point_id", entrance["id"], "ID of the access point.")
    module.output("access_point_arn", entrance["arn"], "ARN of the access point.")
