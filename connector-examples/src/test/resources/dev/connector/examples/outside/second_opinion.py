"""Calls the simulated account as the connectors do, but with boto3, and prints what came back."""

import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

CONFIG = Config(retries={"total_max_attempts": 1}, parameter_validation=False)


def client(service, credentials=None):
    keys = {}
    if credentials:
        keys = {
            "aws_access_key_id": credentials["AccessKeyId"],
            "aws_secret_access_key": credentials["SecretAccessKey"],
            "aws_session_token": credentials["SessionToken"],
        }
    return boto3.client(service, config=CONFIG, **keys)


def assume(sts, role, **more):
    return sts.assume_role(RoleArn=role, RoleSessionName="boto3", **more)["Credentials"]


def code(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "no error"


env = os.environ
service = client("sts")
runtime_role = env["RUNTIME_ROLE"]
print("wrong external id:", code(lambda: assume(service, runtime_role, ExternalId="a-guess")))
print("without external id:", code(lambda: assume(service, runtime_role)))

runtime_session = assume(service, runtime_role, ExternalId=env["EXTERNAL_ID"])
runtime = client("sts", runtime_session)
print("runtime session:", runtime.get_caller_identity()["Arn"])
print("expiration is a time with a zone:", runtime_session["Expiration"].tzinfo is not None)
print("runtime role on iam:", code(lambda: client("iam", runtime_session).get_user(UserName="ada")))

iam_session = assume(runtime, env["IAM_ROLE"])
print("iam session:", client("sts", iam_session).get_caller_identity()["Arn"])
iam = client("iam", iam_session)
user = iam.get_user(UserName="ada")["User"]
print("user:", user["UserName"], user["Path"])
print("create date is a time with a zone:", user["CreateDate"].tzinfo is not None)
for added in ("added:", "added again:"):
    answer = iam.add_user_to_group(UserName="ada", GroupName="OnCall")
    print(added, answer["ResponseMetadata"]["HTTPStatusCode"])
print("group that is not listed:", code(lambda: iam.add_user_to_group(UserName="ada", GroupName="Admins")))
try:
    iam.get_user(UserName="nobody")
except iam.exceptions.NoSuchEntityException as error:
    print("user that is not there:", type(error).__name__)
print("too long a name:", code(lambda: iam.get_user(UserName="a" * 129)))

sso_session = assume(runtime, env["SSO_ROLE"])
store = client("identitystore", sso_session)


def user_id(name):
    by_name = {"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": name}}
    return store.get_user_id(IdentityStoreId=env["STORE"], AlternateIdentifier=by_name)["UserId"]


ada = user_id("ada")
print("user id:", "found" if ada else "none")
try:
    user_id("nobody")
except store.exceptions.ResourceNotFoundException as error:
    print("user id that is not there:", type(error).__name__, error.response.get("ResourceType"))

sso = client("sso-admin", sso_session)
print("instances:", len(sso.list_instances()["Instances"]))
wanted = {
    "InstanceArn": env["INSTANCE"],
    "PermissionSetArn": env["PERMISSION_SET"],
    "TargetType": "AWS_ACCOUNT",
    "TargetId": env["WORKLOAD"],
    "PrincipalType": "USER",
    "PrincipalId": ada,
}
request = sso.create_account_assignment(**wanted)["AccountAssignmentCreationStatus"]
status = sso.describe_account_assignment_creation_status(
    InstanceArn=env["INSTANCE"], AccountAssignmentCreationRequestId=request["RequestId"]
)["AccountAssignmentCreationStatus"]
print("assignment:", "in time" if status["CreatedDate"].tzinfo else "in no time", status["Status"])
pages = sso.get_paginator("list_account_assignments").paginate(
    InstanceArn=env["INSTANCE"], AccountId=env["WORKLOAD"], PermissionSetArn=env["PERMISSION_SET"]
)
print("assignments:", sum(len(page["AccountAssignments"]) for page in pages))
missing = env["PERMISSION_SET"][:-16] + "0123456789abcdef"
try:
    sso.describe_permission_set(InstanceArn=env["INSTANCE"], PermissionSetArn=missing)
except sso.exceptions.ResourceNotFoundException as error:
    print("permission set that is not there:", type(error).__name__)
print("account that is none:", code(lambda: sso.create_account_assignment(**{**wanted, "TargetId": "none"})))
