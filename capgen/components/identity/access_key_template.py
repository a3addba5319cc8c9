"""The CloudFormation template that makes the deploy user's access key and puts it into Secrets Manager.

Terraform's own `aws_iam_access_key` keeps the secret key in the state in plain text; of a stack the state has the
template, the parameters and the outputs, and none of these holds it.
"""

import json

from capgen.terraform.expression import Argument, literal
from capgen.terraform.json_template import json_template


def access_key_template(*, encrypted: bool) -> str:
    """Write the template; `encrypted` adds the customer managed key.

    A higher Serial replaces the key: CloudFormation makes the new one, writes it to the secret and then deletes the
    old one. Key and secret are deleted with the stack, since neither is of use without the user that goes next:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
    """
    deleted = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
    parameters = {"UserName": {"Type": "String"}, "SecretName": {"Type": "String"}, "Serial": {"Type": "Number"}}
    template: Argument = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Access key of the CAP Console's deploy user, kept in Secrets Manager.",
        "Parameters": {**parameters, "KmsKeyId": {"Type": "String"} if encrypted else None},
        "Resources": {
            "AccessKey": {
                "Type": "AWS::IAM::AccessKey",
                **deleted,
                "Properties": {"UserName": {"Ref": "UserName"}, "Serial": {"Ref": "Serial"}},
            },
            "Credentials": {
                "Type": "AWS::SecretsManager::Secret",
                **deleted,
                "Properties": {
                    "Name": {"Ref": "SecretName"},
                    "Description": "Access key of the CAP Console's deploy user.",
                    "KmsKeyId": {"Ref": "KmsKeyId"} if encrypted else None,
                    "SecretString": {"Fn::Sub": literal(_SECRET)},
                },
            },
        },
        "Outputs": {"SecretArn": {"Value": {"Ref": "Credentials"}}},
    }
    return json_template(template)


_SECRET = json.dumps({"AccessKeyId": "${AccessKey}", "SecretAccessKey": "${AccessKey.SecretAccessKey}"})
