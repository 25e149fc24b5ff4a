import type { BusDetail } from '@busline/plugin-eventbridge-common';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { ActionButton, PermissionList } from '../../components';

/** Statements shown at first: a full bus policy has some 35. */
const SHOWN_AT_FIRST = 12;

const Root = styled('div')({
  '& ul': { display: 'grid', gap: 0, margin: 0, padding: 0, listStyle: 'none' },
  '& li': { padding: '8px 0', overflowWrap: 'anywhere' },
  '& li + li': { borderTop: '1px solid var(--bl-line)' },
  '& p': { margin: 0 },
});

/** The bus policy in words, each sentence opening its statement. */
export function BusPermissions(props: { readonly bus: BusDetail }) {
  const { permissions, standing } = props.bus;
  const [all, setAll] = useState(false);
  if (permissions.length === 0) {
    return (
      <p className="bl-muted" style={{ margin: 0 }}>
        {standing === 'unknown'
          ? 'Unknown: the policy of this bus has not been read.'
          : 'The bus has no policy: only its own account may publish on it and make rules.'}
      </p>
    );
  }
  const shown = all ? permissions : permissions.slice(0, SHOWN_AT_FIRST);
  return (
    <Root>
      <PermissionList permissions={shown} />
      {permissions.length > SHOWN_AT_FIRST && (
        <ActionButton style={{ marginTop: 12 }} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Show fewer' : `Show all ${permissions.length} statements`}
        </ActionButton>
      )}
    </Root>
  );
}
