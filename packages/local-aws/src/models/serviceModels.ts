import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as schemas from '@aws-sdk/client-schemas';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { readModel } from './readModel';
import type { ServiceModel } from './shapes';

/** The services of this server by their signing names. */
export type ServiceName = 'cloudformation' | 'events' | 'iam' | 'monitoring' | 'schemas' | 'sqs' | 'sts';

const CLIENT_PACKAGES: Readonly<Record<ServiceName, Readonly<Record<string, unknown>>>> = {
  cloudformation,
  events: eventbridge,
  iam,
  monitoring: cloudwatch,
  schemas,
  sqs,
  sts,
};

const read = new Map<ServiceName, ServiceModel>();

/** AWS's model of a service, read once. */
export function serviceModel(service: ServiceName): ServiceModel {
  let model = read.get(service);
  if (!model) {
    model = readModel(CLIENT_PACKAGES[service]);
    read.set(service, model);
  }
  return model;
}
