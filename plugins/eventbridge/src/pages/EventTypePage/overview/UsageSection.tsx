import { consumeSnippet, publishSnippet, type Snippet, type SnippetLanguage } from '@busline/codegen';
import type { EventTypeDetail, SchemaVersionDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo } from 'react';
import { useSchemaVersion } from '../../../api';
import { CodeBlock, ErrorPanel, Segments, useUrlState } from '../../../components';
import { Section } from '../Section';

const LANGUAGES: readonly {
  readonly value: SnippetLanguage;
  readonly label: string;
}[] = [
  { value: 'typescript', label: 'TypeScript' },
  { value: 'python', label: 'Python' },
  { value: 'cli', label: 'AWS CLI' },
];

const Panes = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  gap: 20,
  alignItems: 'start',
  '@media (max-width: 1080px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
});

/** How to use it: code that publishes one, and code that receives them. */
export function UsageSection(props: { readonly eventType: EventTypeDetail }) {
  const { eventType } = props;
  const [lang, setLang] = useUrlState('lang');
  const version = useSchemaVersion(eventType, eventType.version);
  // Without a version there is nothing to send; while it is on its way the section above shows it.
  if (!version.data) return null;
  const language = LANGUAGES.find(({ value }) => value === lang)?.value ?? 'typescript';
  return (
    <Section
      title="How to use it"
      tools={
        <Segments
          label="Language"
          value={language}
          options={LANGUAGES}
          onChange={value =>
            setLang(value === 'typescript' ? undefined : value, {
              replace: true,
            })
          }
        />
      }
    >
      <Snippets eventType={eventType} version={version.data} language={language} />
    </Section>
  );
}

function Snippets(props: {
  readonly eventType: EventTypeDetail;
  readonly version: SchemaVersionDetail;
  readonly language: SnippetLanguage;
}) {
  const { eventType, version, language } = props;
  const made = useMemo(() => {
    try {
      const [bus] = eventType.buses;
      return {
        publish: publishSnippet(eventType, version, {
          language,
          bus,
          service: eventType.publishers[0],
        }),
        consume: consumeSnippet(eventType, version, {
          language,
          region: bus?.region,
        }),
      };
    } catch (error) {
      return { error };
    }
  }, [eventType, version, language]);
  if ('error' in made) {
    return <ErrorPanel title="No code can be made for this event type" error={made.error} />;
  }
  return (
    <Panes>
      <Code snippet={made.publish} title="Publish" what="the code that publishes" />
      <Code snippet={made.consume} title="Consume from the queue of a subscription" what="the code that consumes" />
    </Panes>
  );
}

function Code(props: { readonly snippet: Snippet; readonly title: string; readonly what: string }) {
  const { snippet, title, what } = props;
  return <CodeBlock text={snippet.code} language={snippet.language} title={title} what={what} maxHeight={460} />;
}
