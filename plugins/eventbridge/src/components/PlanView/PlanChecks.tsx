import type { Check } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { Card } from '../Card';
import { CheckIcon, ErrorIcon, WarningIcon } from '../icons';
import { PlanText } from './PlanText';

const List = styled('ul')({
  margin: 0,
  padding: 0,
  listStyle: 'none',
  '& li': { display: 'flex', gap: 11, padding: '9px 16px', fontSize: 14, lineHeight: '20px' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& li > svg': { flex: 'none', marginTop: 2 },
  '& li[data-status=passed] > svg': { color: 'var(--bl-ok)' },
  '& li[data-status=warning] > svg': { color: 'var(--bl-warn)' },
  '& li[data-status=failed] > svg': { color: 'var(--bl-error)' },
  '& strong': { fontWeight: 550 },
  '& p': { margin: 0, color: 'var(--bl-muted)', overflowWrap: 'anywhere' },
});

const ICONS = { passed: CheckIcon, warning: WarningIcon, failed: ErrorIcon };
const WORDS = { passed: 'Passed', warning: 'Worth a look', failed: 'Failed' };
const ORDER = { failed: 0, warning: 1, passed: 2 };

/** `2 worth a look, 6 passed` */
export function checksNote(checks: readonly Check[]): string {
  const count = (status: Check['status']) => checks.filter(check => check.status === status).length;
  return (['failed', 'warning', 'passed'] as const)
    .filter(status => count(status) > 0)
    .map(status => `${count(status)} ${WORDS[status].toLowerCase()}`)
    .join(', ');
}

/** What was looked at, with its result and the reason; what a person should look at first. */
export function PlanChecks(props: { readonly checks: readonly Check[] }) {
  const sorted = [...props.checks].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
  return (
    <Card>
      <List aria-label="Checks">
        {sorted.map((check, index) => {
          const Icon = ICONS[check.status];
          return (
            <li key={`${check.id} ${index}`} data-status={check.status}>
              <Icon />
              <div style={{ minWidth: 0 }}>
                <strong>
                  <span className="bl-sr">{WORDS[check.status]}: </span>
                  <PlanText text={check.title} />
                </strong>
                <p>
                  <PlanText text={check.detail} />
                </p>
              </div>
            </li>
          );
        })}
      </List>
    </Card>
  );
}
