"""The VPC and the subnets that everything is placed in: existing ones, looked up and checked, or created ones."""
