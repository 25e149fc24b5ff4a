import Drawer from '@mui/material/Drawer';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { ActionButton } from './ActionButton';
import { GROUND } from './ground';
import { CloseIcon } from './icons';
import { PHONE } from './PageFrame/Frame';

const Root = styled('div')({
  ...GROUND,
  // Inside a sentence colour alone would be the only sign.
  '& p a': { textDecoration: 'underline' },
  '& .bl-panel-head': {
    position: 'sticky',
    top: 0,
    zIndex: 2,
    padding: '18px 28px 16px',
    borderBottom: '1px solid var(--bl-line)',
    background: 'var(--bl-surface)',
    [PHONE]: { position: 'static', padding: '14px 16px' },
  },
  '& .bl-panel-title': { display: 'flex', alignItems: 'flex-start', gap: 8 },
  '& h2': {
    flex: 1,
    minWidth: 0,
    margin: 0,
    fontSize: 20,
    lineHeight: '30px',
    fontWeight: 650,
    letterSpacing: -0.3,
    overflowWrap: 'anywhere',
  },
  '& .bl-panel-facts': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 14px',
    marginTop: 4,
    color: 'var(--bl-muted)',
    fontSize: 14,
  },
  '& .bl-panel-body': {
    padding: '22px 28px 48px',
    [PHONE]: { padding: '18px 16px 40px' },
  },
});

/** What was chosen in a list, at the side of the page; the list stays as it was beneath. Escape closes it. */
export function SidePanel(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Of the kind of thing: `subscription`. Names the panel and its button to screen readers. */
  readonly what: string;
  readonly title: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  /** Beneath the title. */
  readonly head?: ReactNode;
  readonly children: ReactNode;
}) {
  const { open, onClose, what, title, actions, head, children } = props;
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-label': what.charAt(0).toUpperCase() + what.slice(1),
        sx: {
          width: 920,
          maxWidth: '100vw',
          backgroundColor: 'var(--bl-surface)',
          backgroundImage: 'none',
        },
      }}
    >
      <Root>
        <div className="bl-panel-head">
          <div className="bl-panel-title">
            <h2>{title}</h2>
            {actions}
            <ActionButton data-quiet="" aria-label={`Close the ${what}`} onClick={onClose}>
              <CloseIcon />
            </ActionButton>
          </div>
          {head}
        </div>
        <div className="bl-panel-body">{children}</div>
      </Root>
    </Drawer>
  );
}
