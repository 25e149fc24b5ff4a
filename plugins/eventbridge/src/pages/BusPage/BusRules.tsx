import type { BusDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import {
  Card,
  EmptyState,
  Highlight,
  StandingMark,
  Tag,
  useUrlState,
  VirtualTable,
  type Column,
} from '../../components';
import { ListIcon } from '../../components/icons';
import { useLinks } from '../../links';
import { patternWords } from './patternWords';
import { RuleDrawer } from './RuleDrawer';

type Rule = BusDetail['rules'][number];

const ROW_HEIGHT = 58;
const PHONE_ROW_HEIGHT = 66;
/** From here on the rules can be narrowed by typing. */
const SEARCHABLE_FROM = 10;

const Head = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '8px 16px',
  padding: '14px 20px 10px',
  '& h2': {
    margin: 0,
    fontSize: 16,
    lineHeight: '24px',
    fontWeight: 650,
    letterSpacing: -0.1,
  },
  '& input': {
    width: 280,
    maxWidth: '100%',
    height: 34,
    marginLeft: 'auto',
    padding: '0 11px',
    border: '1px solid var(--bl-line-strong)',
    borderRadius: 7,
    background: 'var(--bl-ground)',
    color: 'var(--bl-text)',
    font: 'inherit',
    fontSize: 14,
  },
});

const Cell = styled('div')({
  display: 'grid',
  gap: 1,
  '& > *': { minWidth: 0 },
  '& .bl-rule-name': {
    fontWeight: 600,
    color: 'var(--bl-text)',
    '&:hover': { color: 'var(--bl-accent)', textDecoration: 'none' },
  },
  '& small': { fontSize: 12.5, lineHeight: '18px', color: 'var(--bl-muted)' },
});

/** Every rule on the bus; opening one shows its pattern and the subscription that it serves. */
export function BusRules(props: { readonly bus: BusDetail }) {
  const { rules, arn } = props.bus;
  const links = useLinks();
  const [open, setOpen] = useUrlState('rule');
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return rules.filter(rule => {
      const text = `${rule.name} ${patternWords(rule.pattern)}`.toLowerCase();
      return words.every(word => text.includes(word));
    });
  }, [rules, search]);
  const columns = useMemo(() => ruleColumns(links, search), [links, search]);
  return (
    <Card aria-labelledby="bus-rules">
      <Head>
        <h2 id="bus-rules">Rules</h2>
        <span className="bl-muted" role="status">
          {search && `${shown.length.toLocaleString('en')} of `}
          {rules.length.toLocaleString('en')}
        </span>
        {rules.length >= SEARCHABLE_FROM && (
          <input
            type="search"
            placeholder="Find a rule"
            aria-label="Find a rule by name or pattern"
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        )}
      </Head>
      {shown.length === 0 ? (
        <EmptyState icon={<ListIcon />} title={rules.length === 0 ? 'No rules' : 'No rule fits'}>
          {rules.length === 0
            ? 'Nothing that is published here is sent anywhere.'
            : `No name or pattern holds “${search.trim()}”.`}
        </EmptyState>
      ) : (
        <VirtualTable<Rule>
          label="Rules"
          columns={columns}
          rows={shown}
          rowKey={rule => rule.arn || rule.name}
          rowHref={rule => `${links.bus(arn)}?${new URLSearchParams({ rule: rule.name })}`}
          rowHeight={ROW_HEIGHT}
          phoneRowHeight={PHONE_ROW_HEIGHT}
        />
      )}
      <RuleDrawer
        rule={rules.find(({ name }) => name === open)}
        onClose={() => setOpen(undefined, { replace: true })}
      />
    </Card>
  );
}

function ruleColumns(links: ReturnType<typeof useLinks>, search: string): readonly Column<Rule>[] {
  return [
    {
      key: 'name',
      title: 'Rule',
      width: 'minmax(0, 1.1fr)',
      cell: rule => (
        <Cell>
          <span style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <Link
              to={`?${new URLSearchParams({ rule: rule.name })}`}
              className="bl-rule-name bl-ellipsis"
              title={rule.name}
            >
              <Highlight text={rule.name} search={search} />
            </Link>
            {!rule.enabled && <Tag tone="warn">Disabled</Tag>}
          </span>
          <small className="bl-ellipsis">
            {rule.targetCount.toLocaleString('en')} {rule.targetCount === 1 ? 'target' : 'targets'}
          </small>
        </Cell>
      ),
    },
    {
      key: 'pattern',
      title: 'Takes',
      width: 'minmax(0, 1.4fr)',
      cell: rule => (
        <span className="bl-ellipsis" style={{ display: 'block' }} title={patternWords(rule.pattern)}>
          <Highlight text={patternWords(rule.pattern)} search={search} />
        </span>
      ),
    },
    {
      key: 'subscription',
      title: 'Subscription',
      width: '130px',
      cell: rule =>
        rule.subscriptionId ? (
          <Link to={links.subscription(rule.subscriptionId)} aria-label={`Open the subscription of ${rule.name}`}>
            Open
          </Link>
        ) : (
          <span className="bl-muted">none</span>
        ),
    },
    {
      key: 'standing',
      title: 'Standing',
      width: '132px',
      onPhone: true,
      cell: rule => <StandingMark standing={rule.standing} />,
    },
  ];
}
