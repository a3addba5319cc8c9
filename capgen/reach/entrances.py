"""Ways in that no security group judges: they take requests at an address of their own."""

from collections.abc import Iterator, Mapping

from capgen.evaluate import Block, Flattened, blocks

_ENTRANCES: Mapping[str, str] = {
    "aws_api_gateway_rest_api": "an API of API Gateway",
    "aws_apigatewayv2_api": "an API of API Gateway",
    "aws_apprunner_service": "a service of App Runner",
    "aws_appsync_graphql_api": "an API of AppSync",
    "aws_cloudfront_distribution": "a distribution of CloudFront",
    "aws_ec2_client_vpn_endpoint": "an endpoint of Client VPN",
    "aws_ec2_instance_connect_endpoint": "an endpoint of EC2 Instance Connect",
    "aws_globalaccelerator_accelerator": "an accelerator of Global Accelerator",
    "aws_globalaccelerator_endpoint_group": "an endpoint group of Global Accelerator",
    "aws_lambda_function_url": "the URL of a function",
    "aws_transfer_server": "a server of Transfer Family",
    "aws_vpc_endpoint_service": "an endpoint service of PrivateLink",
    "aws_vpclattice_service": "a service of VPC Lattice",
}


def entrances(flattened: Flattened) -> Iterator[tuple[Block, str]]:
    """Yield the ways in that a region makes beside its load balancers, each with what it is."""
    for block in blocks(flattened, *_ENTRANCES):
        if not block.is_data:
            yield block, _ENTRANCES[block.type]
