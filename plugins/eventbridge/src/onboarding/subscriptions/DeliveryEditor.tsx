import { styled } from '@mui/material/styles';
import type { DeliveryFormData } from '../form/formData';
import { Columns, RadioChoice, Stack, TextInput, useProblemsAt } from '../inputs';
import { durationWords } from '../../components';

/** What EventBridge does when nothing is said: a day, and 185 attempts. */
const DEFAULTS = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

const Details = styled('details')({
  '& summary': { cursor: 'pointer', fontSize: 14, lineHeight: '22px', '& span': { color: 'var(--bl-muted)' } },
  '& > div': { paddingTop: 14 },
});

/** What happens to an event that cannot be delivered; folded away, since the defaults suit most. */
export function DeliveryEditor(props: {
  readonly at: string;
  readonly delivery: DeliveryFormData | undefined;
  readonly onChange: (delivery: DeliveryFormData) => void;
  readonly open?: boolean;
}) {
  const { at, delivery = {}, onChange } = props;
  const problems = useProblemsAt(`${at}/delivery`);
  const { maximumRetryAttempts, maximumEventAgeSeconds, deadLetterQueue = true } = delivery;
  const madeOrNone = deadLetterQueue ? 'made' : 'none';
  const kind = typeof deadLetterQueue === 'string' ? 'existing' : madeOrNone;
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  return (
    <Details open={props.open || problems.length > 0 || undefined}>
      <summary>
        When delivery fails: <span>{wordsOf(delivery)}</span>
      </summary>
      <div>
        <Stack>
          <Columns>
            <TextInput
              label="Attempts"
              field={`${at}/delivery/maximumRetryAttempts`}
              type="number"
              min={0}
              max={185}
              optional
              placeholder={String(DEFAULTS.maximumRetryAttempts)}
              value={maximumRetryAttempts === undefined ? '' : String(maximumRetryAttempts)}
              onChange={text => onChange({ ...delivery, maximumRetryAttempts: number(text) })}
            />
            <TextInput
              label="Seconds until it is given up"
              field={`${at}/delivery/maximumEventAgeSeconds`}
              type="number"
              min={60}
              max={86_400}
              optional
              placeholder={String(DEFAULTS.maximumEventAgeSeconds)}
              value={maximumEventAgeSeconds === undefined ? '' : String(maximumEventAgeSeconds)}
              onChange={text => onChange({ ...delivery, maximumEventAgeSeconds: number(text) })}
            />
          </Columns>
          <RadioChoice
            label="Dead-letter queue"
            value={kind}
            options={[
              { value: 'made', label: 'Made with an alarm' },
              { value: 'existing', label: 'One that exists' },
              { value: 'none', label: 'None: what fails is lost' },
            ]}
            onChange={next =>
              onChange({ ...delivery, deadLetterQueue: { made: true, existing: '', none: false }[next] })
            }
          />
          {kind === 'existing' && (
            <TextInput
              label="ARN of the dead-letter queue"
              field={`${at}/delivery/deadLetterQueue`}
              mono
              required
              value={String(deadLetterQueue)}
              onChange={arn => onChange({ ...delivery, deadLetterQueue: arn })}
            />
          )}
        </Stack>
      </div>
    </Details>
  );
}

function wordsOf({ maximumRetryAttempts, maximumEventAgeSeconds, deadLetterQueue = true }: DeliveryFormData): string {
  const attempts = maximumRetryAttempts ?? DEFAULTS.maximumRetryAttempts;
  const age = durationWords(maximumEventAgeSeconds ?? DEFAULTS.maximumEventAgeSeconds);
  const after = deadLetterQueue === false ? 'then the event is lost' : 'then to a dead-letter queue';
  return `${attempts} attempts over ${age}, ${after}`;
}
