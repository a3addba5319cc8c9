variable "name" {
  type = string
}

variable "port" {
  type = number
}

variable "vpc_id" {
  type = string
}

resource "aws_security_group" "this" {
  name   = var.name
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "world" {
  count = 2

  security_group_id = aws_security_group.this.id
  cidr_ipv4         = "10.0.${count.index}.0/24"
  from_port         = var.port
  to_port           = var.port
  ip_protocol       = "tcp"
}

output "security_group_id" {
  value = aws_security_group.this.id
}
