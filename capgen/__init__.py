"""capgen: one YAML deployment spec in, reviewed Terraform for a complete AWS Fargate application out."""

__version__ = "0.1.0"
