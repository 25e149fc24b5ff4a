"""Drives a local-aws server with AWS's Python SDK core, which shares no code with the JavaScript SDK that the tests use.

Usage: python3 botocore-client.py ENDPOINT. Prints what was checked; a failed check ends it with a traceback.
"""
import datetime
import json
import sys

from botocore.exceptions import ClientError
from botocore.session import Session

ACCOUNT = "111122223333"
REGION = "eu-west-1"


def main(endpoint):
    def client(service, **credentials):
        keys = credentials or {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "any"}
        return Session().create_client(service, region_name=REGION, endpoint_url=endpoint, **keys)

    events, sqs, schemas = client("events"), client("sqs"), client("schemas")
    deliver(events, sqs, schemas)
    queues(sqs)
    registry(schemas)
    metrics(client("cloudwatch"))
    roles(client)
    errors(events, sqs, schemas, client("cloudwatch"))


def told(text):
    print("    " + text)


def deliver(events, sqs, schemas):
    bus = events.create_event_bus(Name="central")["EventBusArn"]
    rule = events.put_rule(Name="r", EventBusName="central", EventPattern='{"source":["a"]}')["RuleArn"]
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:target"
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": arn,
                "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
            }
        ],
    }
    url = sqs.create_queue(QueueName="target", Attributes={"Policy": json.dumps(policy)})["QueueUrl"]
    assert events.put_targets(Rule="r", EventBusName="central", Targets=[{"Id": "q", "Arn": arn}])["FailedEntryCount"] == 0
    schemas.create_discoverer(SourceArn=bus)
    entry = {"Source": "a", "DetailType": "Home Added", "Detail": '{"n": 1}', "EventBusName": "central"}
    assert events.put_events(Entries=[entry])["FailedEntryCount"] == 0
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"]
    assert json.loads(message["Body"])["detail"] == {"n": 1}
    found = schemas.describe_schema(RegistryName="discovered-schemas", SchemaName="a@HomeAdded")
    assert json.loads(found["Content"])["components"]["schemas"]["HomeAdded"]["required"] == ["n"]
    told("an event went from PutEvents through a rule into a queue, and its schema was discovered")


def queues(sqs):
    url = sqs.create_queue(QueueName="q", tags={"team": "a"})["QueueUrl"]
    attributes = {"t": {"DataType": "String", "StringValue": "x"}, "b": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    sqs.send_message(QueueUrl=url, MessageBody="héllo", MessageAttributes=attributes)
    (message,) = sqs.receive_message(
        QueueUrl=url, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"]
    )["Messages"]
    assert message["Body"] == "héllo"
    assert message["MessageAttributes"] == attributes
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    (again,) = sqs.receive_message(QueueUrl=url)["Messages"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
    sent = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "MessageBody": str(i)} for i in range(10)])
    assert len(sent["Successful"]) == 10
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "a"}
    told("messages were sent, received with attributes, hidden, shown and deleted")


def registry(schemas):
    schemas.create_registry(RegistryName="r", Tags={"a": "b"})
    for i in range(3):
        schemas.create_schema(RegistryName="r", SchemaName=f"s{i}", Type="JSONSchemaDraft4", Content="{}")
    pages = schemas.get_paginator("list_schemas").paginate(RegistryName="r", PaginationConfig={"PageSize": 2})
    assert [[s["SchemaName"] for s in page["Schemas"]] for page in pages] == [["s0", "s1"], ["s2"]]
    found = schemas.describe_schema(RegistryName="r", SchemaName="s0")
    assert isinstance(found["LastModified"], datetime.datetime)
    told("schemas were registered, paged and described")


def metrics(cloudwatch):
    now = datetime.datetime.now(datetime.timezone.utc)
    ask = {
        "StartTime": now - datetime.timedelta(minutes=10),
        "EndTime": now + datetime.timedelta(minutes=10),
        "MetricDataQueries": [
            {
                "Id": "matched",
                "MetricStat": {
                    "Metric": {
                        "Namespace": "AWS/Events",
                        "MetricName": "MatchedEvents",
                        "Dimensions": [{"Name": "RuleName", "Value": "r"}, {"Name": "EventBusName", "Value": "central"}],
                    },
                    "Period": 60,
                    "Stat": "Sum",
                },
            }
        ],
    }
    (result,) = cloudwatch.get_metric_data(**ask)["MetricDataResults"]
    assert sum(result["Values"]) == 1 and isinstance(result["Timestamps"][0], datetime.datetime)
    names = {m["MetricName"] for m in cloudwatch.list_metrics(Namespace="AWS/Events")["Metrics"]}
    assert "Invocations" in names, names
    told(f"metrics were read over {cloudwatch.meta.service_model.resolved_protocol}")


def roles(client):
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}],
    }
    role = client("iam").create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    session = client("sts").assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    events = client(
        "events",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    expect(events.list_event_buses, {}, "AccessDeniedException", "no identity-based policy allows")
    told("a role's session was denied what its policies do not allow")


def errors(events, sqs, schemas, cloudwatch):
    expect(events.put_rule, {"Name": "a b"}, "ValidationException", "regular expression pattern")
    expect(events.describe_rule, {"Name": "none"}, "ResourceNotFoundException", "Rule none does not exist")
    expect(sqs.get_queue_url, {"QueueName": "none"}, "AWS.SimpleQueueService.NonExistentQueue", "does not exist")
    expect(schemas.describe_registry, {"RegistryName": "none"}, "NotFoundException", "does not exist")
    expect(cloudwatch.list_metrics, {"RecentlyActive": "P1D"}, "ValidationError", "enum value set: [PT3H]")
    told("errors carry AWS's codes")


def expect(call, arguments, code, message):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        assert message in error.response["Error"]["Message"], error.response
        return
    raise AssertionError(f"{call} was expected to fail with {code}")


main(sys.argv[1])
