# Written in HCL: a plan then holds which names an expression refers to, and not the expression.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

provider "aws" {
  region = var.region
}

data "aws_caller_identity" "current" {}

locals {
  name = "cap"
}

resource "aws_s3_bucket" "plain" {
  bucket = "${local.name}-plain"
}

resource "aws_s3_bucket_policy" "plain" {
  bucket = aws_s3_bucket.plain.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.plain.arn, "${aws_s3_bucket.plain.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

module "tier" {
  source   = "./tier"
  for_each = { web = 443, admin = 22 }

  name   = each.key
  port   = each.value
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "between" {
  security_group_id            = module.tier["admin"].security_group_id
  referenced_security_group_id = module.tier["web"].security_group_id
  from_port                    = 22
  to_port                      = 22
  ip_protocol                  = "tcp"
}

output "greeting" {
  value = "hello ${data.aws_caller_identity.current.account_id}"
}
