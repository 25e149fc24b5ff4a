import type { ActionState, ChangeRequestDetail } from '@busline/plugin-eventbridge-common';
import { openChange } from '../../testing/changeFixtures';
import { chooseActions } from './actionChoice';

const YES: ActionState = { allowed: true };
const NEVER: ActionState = { allowed: 'never' };
const no = (why: string): ActionState => ({ allowed: false, why });

function change(
  actions: Partial<ChangeRequestDetail['actions']>,
  pull: Partial<ChangeRequestDetail['pullRequests'][number]> = {},
): ChangeRequestDetail {
  const base = openChange();
  return {
    ...base,
    pullRequests: base.pullRequests.map(each => ({ ...each, ...pull })),
    actions: { approve: NEVER, merge: NEVER, close: NEVER, retry: NEVER, update: NEVER, ...actions },
  };
}

describe('what is offered', () => {
  it('is approving first, as long as an approval is missing', () => {
    expect(
      chooseActions(
        change({ approve: YES, merge: no('The approval is missing') }, { awaited: ['group:default/a'] }),
        'user:default/x',
      ),
    ).toEqual({
      primary: { kind: 'approve' },
      secondary: [],
      refused: [{ kind: 'merge', why: 'The approval is missing' }],
      mayAskForChanges: true,
      mayClose: false,
    });
  });
  it('is merging first, once none is', () => {
    expect(chooseActions(change({ approve: YES, merge: YES, close: YES }), 'user:default/x')).toMatchObject({
      primary: { kind: 'merge' },
      secondary: ['approve'],
      mayClose: true,
    });
  });
  it('is no second approval', () => {
    const approved = change(
      { approve: YES, merge: YES },
      { approvals: [{ by: 'user:default/x', at: '2026-11-20T10:00:00Z' }] },
    );
    expect(chooseActions(approved, 'user:default/x').secondary).toEqual([]);
    expect(chooseActions(approved, 'user:default/y').secondary).toEqual(['approve']);
  });
  it('says why, where nothing may be done', () => {
    const actions = { approve: no('It is yours'), merge: no('You may not') };
    expect(chooseActions(change(actions, { awaited: ['group:default/a'] }), 'user:default/x')).toMatchObject({
      primary: { kind: 'approve', why: 'It is yours' },
      refused: [{ kind: 'merge', why: 'You may not' }],
      mayAskForChanges: false,
    });
  });
  it('does not speak of approving where nobody is awaited', () => {
    const actions = { approve: no('It is yours'), merge: no('You may not') };
    expect(chooseActions(change(actions), 'user:default/x')).toMatchObject({
      primary: { kind: 'merge', why: 'You may not' },
      refused: [],
    });
  });
  it('is being brought up to date before all else', () => {
    expect(
      chooseActions(change({ approve: YES, update: YES, merge: no('It conflicts') }), 'user:default/x'),
    ).toMatchObject({
      primary: { kind: 'update' },
      secondary: ['approve'],
      refused: [{ kind: 'merge', why: 'It conflicts' }],
    });
  });
  it('is nothing where the forge does it', () => {
    expect(chooseActions(change({}), 'user:default/x')).toEqual({
      secondary: [],
      refused: [],
      mayAskForChanges: false,
      mayClose: false,
    });
  });
});
