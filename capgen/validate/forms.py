"""What the schema's regular expressions ask for, in words. A test holds this table to the schema."""

from collections.abc import Mapping

FORMS: Mapping[str, str] = {
    r"^[a-z](-?[a-z0-9])*$": "lower-case letters, digits and single hyphens, a letter first",
    r"^[a-z]{2,4}(-[a-z]+)+-[0-9]+$": "the code of an AWS region",
    r"^[0-9]{12}$": "12 digits in quotes",
    r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$": "up to 64 letters, digits and _ . -, a letter or digit first",
    (
        r"^[a-z0-9][a-z0-9._-]*(:[0-9]{1,5})?(/[a-z0-9._-]+)+(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
        r"(@sha256:[0-9a-f]{64})?$"
    ): "<registry>/<repository>:<tag>, or @sha256:<digest> in place of the tag, without https://",
    r"^[A-Za-z_][A-Za-z0-9_]*$": "the name of an environment variable: letters, digits and _, no digit first",
    r"^[A-Za-z0-9_.-]{1,256}$": "letters, digits and _ . -",
    r"^vpc-([0-9a-f]{8}|[0-9a-f]{17})$": "vpc- and 8 or 17 hexadecimal digits",
    r"^[A-Za-z0-9. _:/()#,@\[\]+=&;{}!$*-]{1,255}$": (
        "up to 255 letters without accents, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *"
    ),
    r"^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:[0-9]{12}:(certificate/[A-Za-z0-9-]+|server-certificate/.+)$": (
        "the ARN of a certificate"
    ),
    r"^Z[A-Z0-9]{1,31}$": "the id of a hosted zone: Z and up to 31 capital letters and digits",
    r"^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$": (
        "a domain name in lower case, without a dot at its end; *. may stand first, letters of other scripts stand as "
        "xn--…"
    ),
    r"^/[!-~]{0,254}$": "a path that starts with / and has at most 255 characters, none of them a space",
    r"^ELBSecurityPolicy-[A-Za-z0-9-]+$": "the name of one of AWS's policies, ELBSecurityPolicy-…",
    r"^/[^\s]{0,1023}$": "a path that starts with / and has no spaces",
    r"^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$": "status codes from 200 to 499, joined by , and -",
    r"^[A-Za-z][A-Za-z0-9_]{0,62}$": "up to 63 letters, digits and _, a letter first",
    r"^[A-Za-z][A-Za-z0-9_]{0,15}$": "up to 16 letters, digits and _, a letter first",
    r"^1[3-9](\.[0-9]{1,2})?$": "a PostgreSQL version from 13 to 19, major or major.minor, in quotes",
    r"^db\.[a-z0-9-]+\.[a-z0-9]+$": "db.<family>.<size>",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$": "hh:mm-hh:mm",
    (
        r"^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-"
        r"(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]$"
    ): "ddd:hh:mm-ddd:hh:mm, the day as mon, tue, wed, thu, fri, sat or sun",
    r"^(arn:aws[a-z-]*:rds:.+|(rds:)?[A-Za-z](-?[A-Za-z0-9])*)$": (
        "the name of a snapshot (letters, digits and single hyphens, a letter first) or its ARN"
    ),
    r"^[a-z][a-z0-9_.]*$": "the name of a parameter: lower-case letters, digits, _ and .",
    r"^rds-ca-[a-z0-9-]+$": "the name of one of AWS's certificate authorities, rds-ca-…",
    r"^(/[A-Za-z0-9._-]+)+$": "an absolute path without / at its end",
    r"^(/[A-Za-z0-9._-]+){1,4}$": "an absolute path of at most four directories, without / at its end",
    r"^0?[0-7]{3}$": "three octal digits, with or without a leading 0, in quotes",
    r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$": (
        "3 to 63 lower-case letters, digits, hyphens and dots, a letter or digit first and last"
    ),
    r"^[A-Za-z0-9!_.*()/-]{1,1024}$": "an S3 key: letters without accents, digits and ! _ . * ( ) / -",
    r"^([A-Za-z0-9!_.*()-]+/)*$": "directories, each with / behind it and none at the start",
    r"^scripts/[A-Za-z0-9_.-]{1,200}$": "scripts/ and a file name",
    r"^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$": "the ARN of an IAM or STS principal",
    r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$": "the ARN of an IAM policy",
    r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}$": "the ARN of an IAM role",
    r"^[A-Za-z0-9+=,.@:/_-]{2,1224}$": "2 to 1224 letters, digits and + = , . @ : / _ -",
    r"^[A-Za-z0-9+=,.@_-]{2,64}$": "2 to 64 letters, digits and + = , . @ _ -",
    r"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+$": "the ARN of a KMS key, not of an alias",
    r"^([A-Za-z0-9_.-]+/)*$": "directories, each with / behind it and none at the start",
    r"^(arn:aws[a-z-]*:kms:.+|[a-z0-9-]{36})$": "the ARN or the id of a KMS key",
    r"""^(?![aA][wW][sS]:)[^\u0000-\u001f<>%&\\?\"|*`]{1,128}$""": (
        'up to 128 characters, not aws: first, and none of < > % & \\ ? " | * `'
    ),
    r"^[A-Za-z][A-Za-z0-9_.-]{0,99}$": "the id of a check",
    r"""^[A-Za-z0-9_.:*\[\]"/-]+$""": "the address of a Terraform resource, * for any text",
    r"""^[^\s"#$:{}\\][^\u0000-\u001f"#$:{}\\]{0,98}[^\s"#$:{}\\]$""": (
        'a team or an address: 2 to 100 characters on one line, none of " # $ : { } \\'
    ),
    r"^\s*\S[\s\S]*$": "a sentence",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a day, as YYYY-MM-DD",
    r"^[a-z0-9*-]+$": "lower-case letters, digits and hyphens, * for any text",
    r"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$": "an IPv4 range in CIDR notation",
    r"^[a-z0-9][a-z0-9.-]{0,127}$": "the name of a service, such as ecr.api, or com.amazonaws.us-east-1.ecr.api",
    r"^[a-z]{2,4}(-[a-z]+)+-[0-9]+[a-h]$": "the name of an availability zone, such as eu-west-1a",
    r"^subnet-([0-9a-f]{8}|[0-9a-f]{17})$": "subnet- and 8 or 17 hexadecimal digits",
    r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$": (
        "the ARN of a secret in Secrets Manager"
    ),
}
"""The words for each pattern."""
