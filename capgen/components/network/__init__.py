"""The existing VPC and subnets that everything is placed in, checked by Terraform before it creates anything."""
