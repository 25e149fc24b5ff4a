import type { Permission, Plan } from '@busline/onboarding';
import { styled } from '@mui/material/styles';
import { CheckIcon, WarningIcon } from '../icons';
import { PermissionsTable, type PermissionRow } from '../PermissionsTable';
import { checksNote, PlanChecks } from './PlanChecks';
import { dollars, PlanCost } from './PlanCost';
import { filesNote, PlanFiles } from './PlanFiles';
import { peopleNote, PlanPeople } from './PlanPeople';
import { PlanQuotas } from './PlanQuotas';
import { PlanResources } from './PlanResources';
import { PlanSection } from './PlanSection';
import { PlanSteps } from './PlanSteps';
import { PlanText } from './PlanText';

const Root = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 30,
  '& code': {
    fontFamily: 'var(--bl-mono)',
    fontSize: '0.92em',
    padding: '0 4px',
    borderRadius: 4,
    background: 'var(--bl-sunken)',
    overflowWrap: 'anywhere',
  },
  '& pre code': { padding: 0, background: 'transparent' },
});

const Letter = styled('div')({
  display: 'grid',
  gap: 10,
  maxWidth: 820,
  fontSize: 16,
  lineHeight: '26px',
  '& p': { margin: 0, overflowWrap: 'anywhere' },
  '& .bl-proof': { display: 'flex', gap: 9, fontWeight: 550, '& svg': { flex: 'none', marginTop: 5 } },
  '& .bl-proof[data-holds=true] svg': { color: 'var(--bl-ok)' },
  '& .bl-proof[data-holds=false] svg': { color: 'var(--bl-warn)' },
});

/** Parts of a plan, its letter first. */
export type PlanPart =
  | 'letter'
  | 'permissions'
  | 'checks'
  | 'people'
  | 'resources'
  | 'quotas'
  | 'cost'
  | 'order'
  | 'files';

/**
 * A plan as a letter: what happens when it is merged, then who may do what, checks, people, cost and files. The same in
 * the form before anything is opened and on the page of the change request.
 */
export function PlanView(props: {
  readonly plan: Plan;
  /** Of the heads of its parts: 2 on a page of its own, 3 below another head. */
  readonly level?: 2 | 3;
  /** Parts that the page shows elsewhere. */
  readonly omit?: readonly PlanPart[];
}) {
  const { plan, level = 2, omit = [] } = props;
  const has = (part: PlanPart) => !omit.includes(part);
  const files = plan.repositories.flatMap(repository => repository.files);
  return (
    <Root>
      {has('letter') && <PlanLetter plan={plan} />}
      {has('permissions') && (
        <PlanSection title="Who may do what" level={level} note={grantsNote(plan)}>
          <PermissionsTable
            label="Permissions"
            permissions={plan.permissions.map(rowOf)}
            none="No policy changes: nobody may do more or less than before."
          />
        </PlanSection>
      )}
      {has('checks') && (
        <PlanSection title="Checks" level={level} note={checksNote(plan.checks)}>
          <PlanChecks checks={plan.checks} />
        </PlanSection>
      )}
      {has('people') && (
        <PlanSection title="People affected" level={level} note={peopleNote(plan.people)}>
          <PlanPeople people={plan.people} />
        </PlanSection>
      )}
      {has('resources') && plan.accounts.length > 0 && (
        <PlanSection title="On AWS" level={level} note="what comes, changes and goes, account by account">
          <PlanResources accounts={plan.accounts} />
        </PlanSection>
      )}
      {has('quotas') && plan.quotas.length > 0 && (
        <PlanSection title="Quotas" level={level}>
          <PlanQuotas quotas={plan.quotas} />
        </PlanSection>
      )}
      {has('cost') && plan.cost.items.length > 0 && (
        <PlanSection title="Cost" level={level} note={`about ${dollars(plan.cost.perMonth)} a month`}>
          <PlanCost cost={plan.cost} />
        </PlanSection>
      )}
      {has('order') && (
        <PlanSection title="Order" level={level} note="what happens, one after the other">
          <PlanSteps steps={plan.steps} />
        </PlanSection>
      )}
      {has('files') && files.length > 0 && (
        <PlanSection title="Files" level={level} note={filesNote(files)}>
          <PlanFiles repositories={plan.repositories} />
        </PlanSection>
      )}
    </Root>
  );
}

/** What happens when it is merged, in sentences; the last one says whether anybody else gains anything. */
export function PlanLetter(props: { readonly plan: Plan }) {
  const { summary, proof } = props.plan;
  return (
    <Letter>
      {summary.map((sentence, index) =>
        sentence.startsWith(proof.sentence) ? (
          <p key={index} className="bl-proof" data-holds={proof.holds}>
            {proof.holds ? <CheckIcon /> : <WarningIcon />}
            <span>
              <PlanText text={sentence} />
            </span>
          </p>
        ) : (
          <p key={index}>
            <PlanText text={sentence} />
          </p>
        ),
      )}
    </Letter>
  );
}

/** Conditions past this many characters name a list of rules: of a changed one, what is new in it says more. */
const LONG_CONDITION = 160;

function rowOf(permission: Permission): PermissionRow {
  const { change, condition, adds, removes } = permission;
  if (change !== 'changed' || (condition?.length ?? 0) <= LONG_CONDITION || adds.length + removes.length === 0) {
    return permission;
  }
  const names = (values: readonly string[]) =>
    values.map(value => `\`${value.slice(value.lastIndexOf(':') + 1)}\``).join(', ');
  const parts = [adds.length > 0 && `now also ${names(adds)}`, removes.length > 0 && `no longer ${names(removes)}`];
  return { ...permission, condition: `${parts.filter(Boolean).join('; ')}; otherwise as before` };
}

function grantsNote({ permissions }: Plan): string {
  const words = (['gained', 'changed', 'lost'] as const)
    .map(change => ({ change, count: permissions.filter(permission => permission.change === change).length }))
    .filter(({ count }) => count > 0)
    .map(({ change, count }) => `${count} ${change}`);
  return words.join(', ');
}
