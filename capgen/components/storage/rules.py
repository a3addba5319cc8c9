"""What the schema cannot say about the file system."""

from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_SYSTEM_DIRECTORIES = frozenset(
    ("/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/opt", "/proc", "/run", "/sbin", "/sys", "/usr", "/var")
)
_OWNER_DIGIT = -3
_READ_WRITE_ENTER = 7


def _modes_fit(deployment: RegionalDeployment) -> Iterator[Problem]:
    storage = deployment.storage
    if storage.performance_mode == "maxIO" and storage.throughput_mode == "elastic":
        yield Problem(
            path=("storage", "performance_mode"),
            message="storage.performance_mode maxIO does not go with storage.throughput_mode elastic",
            value="maxIO",
            allowed="generalPurpose, or throughput_mode bursting",
            hint="AWS recommends generalPurpose with elastic for every new file system",
        )


def _directory(deployment: RegionalDeployment) -> Iterator[Problem]:
    path = deployment.storage.access_point.path
    if any(part.startswith(".") for part in path.split("/")):
        yield Problem(
            path=("storage", "access_point", "path"),
            message="EFS takes no access point directory with a part that begins with a period",
            value=path,
            allowed="parts that begin with a letter, a digit, a hyphen or an underscore",
        )


def _owner_can_write(deployment: RegionalDeployment) -> Iterator[Problem]:
    mode = deployment.storage.access_point.permissions
    if int(mode[_OWNER_DIGIT]) != _READ_WRITE_ENTER:
        yield Problem(
            path=("storage", "access_point", "permissions"),
            message="the tasks own the directory, and could not read, write and enter it with this mode",
            value=mode,
            allowed="a mode whose owner digit is 7, such as 0750",
            severity=Severity.WARNING,
        )


def _mount_path(deployment: RegionalDeployment) -> Iterator[Problem]:
    path = deployment.storage.mount_path
    if {".", ".."} & set(path.split("/")):
        yield Problem(
            path=("storage", "mount_path"), message="the mount path goes through a . or .. directory", value=path,
            allowed="a path as the container sees it, such as /opt/cap/files",
        )  # fmt: skip
    elif path in _SYSTEM_DIRECTORIES:
        yield Problem(
            path=("storage", "mount_path"), message=f"mounting over {path} would hide what the image keeps there",
            value=path, allowed="a directory of its own, such as /opt/cap/files",
        )  # fmt: skip


RULES = (
    Rule(id="storage-modes-fit", title="Max I/O does not go with elastic throughput",
         link="https://docs.aws.amazon.com/efs/latest/ug/performance.html#performancemodes", check=_modes_fit),
    Rule(id="storage-directory", title="The access point's directory is one that EFS takes",
         link="https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html", check=_directory),
    Rule(id="storage-owner-can-write", title="The tasks can write to their directory",
         link="https://docs.aws.amazon.com/efs/latest/ug/API_CreationInfo.html", check=_owner_can_write),
    Rule(id="storage-mount-path", title="The mount path hides nothing of the image",
         link="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_MountPoint.html", check=_mount_path),
)  # fmt: skip
