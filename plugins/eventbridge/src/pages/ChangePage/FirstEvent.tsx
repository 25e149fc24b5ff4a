import type { Plan } from '@busline/onboarding';
import type { ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { useChangePlan } from '../../api';
import { CodeBlock } from '../../components';
import { shellWord } from './pullRequestUrl';
import { Section } from './Section';

const CLIENT_README = 'busline/client/README.md';
/** A function of the generated publisher, as the client's README lists them. */
const PUBLISHING = /^\| `(publish\w+)` \|/m;

/** From an empty folder to a first event: clone, install, test, and publish where the service publishes. */
export function FirstEvent(props: { readonly change: ChangeRequestDetail }) {
  const { change } = props;
  const plan = useChangePlan(change).data?.plan;
  const pull = change.pullRequests.find(({ role, state }) => role === 'service' && state === 'merged');
  if (change.state !== 'live' || !pull?.cloneUrl) return null;
  const folder = pull.repository.replace(/^.*\//, '');
  const publishing = plan && publishingFunction(plan);
  return (
    <Section title="Run it yourself" note="from an empty folder" id="first-event">
      <div style={{ display: 'grid', gap: 12 }}>
        <CodeBlock
          language="shell"
          title="Clone, install, test"
          what="the commands"
          text={[`git clone ${shellWord(pull.cloneUrl)}`, `cd ${shellWord(folder)}`, 'npm install', 'npm test'].join(
            '\n',
          )}
        />
        {publishing && (
          <CodeBlock
            language="typescript"
            title="Publish a first event"
            what="the code that publishes"
            text={[
              `import { createPublisher } from './busline/client/index.ts';`,
              '',
              `const publisher = createPublisher({ environment: ${JSON.stringify(change.environment ?? 'prod')} });`,
              '// What it takes is typed and validated; the editor shows its fields.',
              `await publisher.${publishing}(data);`,
            ].join('\n')}
          />
        )}
      </div>
    </Section>
  );
}

function publishingFunction({ repositories }: Plan): string | undefined {
  const files = repositories.flatMap(repository => repository.files);
  return PUBLISHING.exec(files.find(({ path }) => path === CLIENT_README)?.after ?? '')?.[1];
}
