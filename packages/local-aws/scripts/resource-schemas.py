"""Writes src/cloudformation/resourceSchemas.json: AWS's published resource schemas of the types that this server has.

AWS publishes a schema for every resource type of CloudFormation. The PyPI package cfn-lint (MIT-0, by AWS) carries them with
corrections. Only what the server reads is kept: names, types, required members, limits, and what replaces a resource.

    python3 scripts/resource-schemas.py && npx prettier --write src/cloudformation/resourceSchemas.json     (needs pip)
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

CFN_LINT = "1.58.0"
REGION = "us-east-1"
TYPES = [
    "AWS::CloudWatch::Alarm",
    "AWS::Events::EventBus",
    "AWS::Events::EventBusPolicy",
    "AWS::Events::Rule",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::Lambda::Permission",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
]
KEPT = {
    "typeName", "definitions", "properties", "patternProperties", "required", "requiredOr", "requiredXor",
    "additionalProperties", "type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems",
    "maxItems", "items", "$ref", "createOnlyProperties", "conditionalCreateOnlyProperties", "readOnlyProperties",
    "primaryIdentifier",
}
NAMED = {"definitions", "properties", "patternProperties"}


def kept(schema, names=False):
    if not isinstance(schema, dict):
        return schema
    return {
        key: kept(value, key in NAMED and not names)
        for key, value in sorted(schema.items())
        if names or key in KEPT
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        subprocess.run([*pip, f"cfn-lint=={CFN_LINT}"], check=True)
        wheel = zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl")))
        data = "cfnlint/data/schemas"
        index = json.loads(wheel.read(f"{data}/providers/{REGION}.json"))
        schemas = {name: kept(json.loads(wheel.read(f"{data}/resources/{index[name]}.json"))) for name in TYPES}
    target = pathlib.Path(__file__).parent.parent / "src/cloudformation/resourceSchemas.json"
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(schema)}" for name, schema in schemas.items())
    target.write_text(f"{{\n{lines}\n}}\n")


main()
