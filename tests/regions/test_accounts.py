"""The real command in China: provider and state each assume their role, and the plan is right for the partition."""

import json
import re
from pathlib import Path

from tests.emulator.emulator import Emulator
from tests.emulator.override import environment, write_override
from tests.regions.everywhere import ACCOUNTS, compiled, role
from tests.regions.test_partitions import UNIVERSAL
from tests.terraform.harness import Terraform

REGION = "cn-north-1"


def test_provider_and_state_assume_their_roles_in_another_account(tmp_path: Path, terraform: Terraform) -> None:
    """The credentials at hand are of another account, and the provider refuses every account but the role's."""
    for path, content in compiled().items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    with Emulator.started(tmp_path / "emulator.log", account=None) as emulator:
        root = tmp_path / REGION
        command = turned_to(emulator, root, terraform)

        said = command.at(root, TF_LOG="debug").init(f"-backend-config={root / 'endpoints.hcl'}").require().stderr
        assert f"assumed-role/{role(REGION, 'state').rpartition('/')[2]}/" in said
        assert f"tf_backend.s3.path=capgen/cap-production/{REGION}/terraform.tfstate" in said

        plan = root / "plan.tfplan"
        command.plan(f"-out={plan}").require(2)
        planned = json.dumps(command.show_json(plan)["planned_values"])
        assert emulator.unanswered() == []
    named = set(re.findall(r'[^"\\\s]*(?:amazonaws|arn:aws)[^"\\\s]*', planned))
    arns = {text for text in named if text.startswith("arn:")}
    assert f"arn:aws-cn:ecs:{REGION}:{ACCOUNTS[REGION]}:*" in arns
    assert all(text.startswith("arn:aws-cn:") for text in arns), arns
    image = f"{ACCOUNTS[REGION]}.dkr.ecr.{REGION}.amazonaws.com.cn/cap/agent:1.0.0"
    assert named - arns - UNIVERSAL - {image} == {f"logs.{REGION}.amazonaws.com.cn"}


def turned_to(emulator: Emulator, root: Path, terraform: Terraform) -> Terraform:
    """Turn a root to the emulator, its own backend included, and plant what it takes for granted."""
    emulator.plant_named_in(root, REGION, account=ACCOUNTS[REGION])
    s3 = emulator.client("s3", REGION)
    s3.create_bucket(Bucket=f"acme-state-{REGION}", CreateBucketConfiguration={"LocationConstraint": REGION})
    override = write_override(root, emulator.url)
    override.write_text(json.dumps({"provider": json.loads(override.read_text(encoding="utf-8"))["provider"]}))
    endpoints = ", ".join(f'{service} = "{emulator.url}"' for service in ("iam", "s3", "sts"))
    (root / "endpoints.hcl").write_text(f"endpoints = {{ {endpoints} }}\nuse_path_style = true\n")
    return terraform.at(root, **environment(emulator.url))
