"""Put capgen's policies into the checkov that imports this file."""

from capgen.scan.policies.checks import register

register()
