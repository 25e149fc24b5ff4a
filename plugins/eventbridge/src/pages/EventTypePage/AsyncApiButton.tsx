import type { EventTypeDetail } from '@busline/plugin-eventbridge-common';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { ActionButton, reasonOf } from '../../components';
import { DownloadIcon } from '../../components/icons';
import { useAsyncApi, type AsyncApiFormat } from './useAsyncApi';

const FORMATS: readonly {
  readonly value: AsyncApiFormat;
  readonly label: string;
}[] = [
  { value: 'yaml', label: 'AsyncAPI 3 as YAML' },
  { value: 'json', label: 'AsyncAPI 3 as JSON' },
];

/** Export as AsyncAPI 3. */
export function AsyncApiButton(props: { readonly eventType: EventTypeDetail }) {
  const { busy, error, save } = useAsyncApi(props.eventType);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <ActionButton
        data-quiet=""
        disabled={busy}
        aria-label={busy ? 'Preparing the export' : 'Export'}
        title="Export as AsyncAPI 3"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <DownloadIcon />
        <span className="bl-export-word">{busy ? 'Preparing…' : 'Export'}</span>
      </ActionButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        slotProps={{
          paper: {
            sx: {
              border: '1px solid var(--bl-line)',
              boxShadow: 'var(--bl-shadow-high)',
            },
          },
        }}
      >
        {FORMATS.map(({ value, label }) => (
          <MenuItem
            key={value}
            sx={{ fontSize: 14 }}
            onClick={() => {
              setAnchor(null);
              save(value);
            }}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
      {error !== undefined && (
        <span role="alert" style={{ flexBasis: '100%', color: 'var(--bl-error)', fontSize: 13 }}>
          The export failed: {reasonOf(error)}
        </span>
      )}
    </>
  );
}
