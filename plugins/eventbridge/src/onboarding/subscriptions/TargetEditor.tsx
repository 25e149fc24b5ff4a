import type { SubscriptionFormData, TargetFormData } from '../form/formData';
import { targetName } from '../form/requestOfForm';
import { RadioChoice, Stack, TextInput } from '../inputs';

const TARGETS = [
  { value: 'sqs', label: 'SQS queue' },
  { value: 'lambda', label: 'Lambda function' },
  { value: 'step-functions', label: 'Step Functions' },
  { value: 'arn', label: 'Something that exists' },
] as const;

const NAMES: Readonly<Record<'sqs' | 'lambda' | 'step-functions', { readonly label: string; readonly hint: string }>> =
  {
    sqs: { label: 'Name of the queue', hint: 'is made in the service’s account, with a policy for exactly this rule' },
    lambda: { label: 'Name of the function', hint: 'your team deploys it; the permission to call it is made' },
    'step-functions': {
      label: 'Name of the state machine',
      hint: 'your team deploys it; the role that starts it is made',
    },
  };

/** Where the events arrive. */
export function TargetEditor(props: {
  readonly at: string;
  readonly subscription: SubscriptionFormData;
  readonly service: string | undefined;
  readonly onChange: (target: TargetFormData) => void;
}) {
  const { at, subscription, service, onChange } = props;
  const target = subscription.target ?? {};
  const type = target.type ?? 'sqs';
  return (
    <Stack style={{ gap: 12 }}>
      <RadioChoice
        label="Where they arrive"
        value={type}
        options={TARGETS}
        onChange={next => onChange({ ...target, type: next })}
        field={`${at}/target`}
      />
      {type === 'arn' ? (
        <TextInput
          label="ARN"
          field={`${at}/target/arn`}
          required
          mono
          placeholder="arn:aws:sqs:eu-west-1:123456789012:my-queue"
          hint="of a queue, function, state machine or another target in the service’s account"
          value={target.arn ?? ''}
          onChange={arn => onChange({ ...target, type, arn })}
        />
      ) : (
        <TextInput
          label={NAMES[type].label}
          field={`${at}/target/name`}
          required
          mono
          hint={NAMES[type].hint}
          value={targetName(subscription, service)}
          onChange={name => onChange({ ...target, type, name })}
        />
      )}
    </Stack>
  );
}
