"""Make the instance and what it needs around it."""

from capgen.components.database.instance import instance
from capgen.components.database.log_groups import log_groups
from capgen.components.database.parameter_group import parameter_group
from capgen.components.database.plan import Shape
from capgen.components.database.values import Surroundings
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output where the database is reached, with the name of the database that it really holds."""
    identifier = module.variable("identifier", "string", "Identifier of the instance.")
    exports = module.variable("enabled_cloudwatch_logs_exports", "list(string)", "Logs that go to CloudWatch.")
    surroundings = Surroundings(
        identifier=identifier,
        exports=exports,
        subnet_group=module.resource("aws_db_subnet_group", "this", {
            "name": identifier,
            "description": "Subnets of the database",
            "subnet_ids": module.variable("subnet_ids", "list(string)", "Subnets of the database."),
        }),
        parameter_group=parameter_group(module, identifier),
        log_groups=log_groups(module, identifier, exports),
    )  # fmt: skip
    database = instance(module, shape, surroundings)
    url = f"jdbc:postgresql://{database['endpoint']}/{database['db_name']}"
    module.output("arn", database["arn"], "ARN of the database.")
    module.output("endpoint", database["endpoint"], "Host and port of the database.")
    module.output("address", database["address"], "Host of the database.")
    module.output("port", database["port"], "Port of the database.")
    module.output("jdbc_url", url, "JDBC connection string, without credentials.")
