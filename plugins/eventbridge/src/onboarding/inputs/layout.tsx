import { styled } from '@mui/material/styles';
import { ActionButton } from '../../components';
import { PHONE } from '../../components/PageFrame/Frame';

/** Inputs one below the other. */
export const Stack = styled('div')({ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 18 });

/** Inputs side by side where there is room. */
export const Columns = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
  gap: '18px 20px',
  alignItems: 'start',
});

/** Lines of text and rows of inputs that the eye takes in; wider screens keep their margins. */
export const FORM_WIDTH = 980;

/** What a page of the form is for, and its inputs. */
export const FormPage = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 22,
  maxWidth: FORM_WIDTH,
  margin: '0 auto 8px',
  '& > .bl-form-intro': { margin: 0, fontSize: 15, lineHeight: '23px', color: 'var(--bl-muted)', maxWidth: 720 },
  '& > h3': { margin: 0, fontSize: 18, lineHeight: '26px', fontWeight: 640 },
});

/** One of several things that are filled in: a subscription, a publication. */
export const ItemCard = styled('section')({
  border: '1px solid var(--bl-line)',
  borderRadius: 'var(--bl-radius)',
  background: 'var(--bl-surface)',
  minWidth: 0,
  '& > header': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '6px 10px',
    padding: '10px 12px 10px 18px',
    borderBottom: '1px solid var(--bl-line)',
    '& h3': { flex: 1, minWidth: 160, margin: 0, fontSize: 15, lineHeight: '22px', fontWeight: 620 },
  },
  '& > .bl-item-body': {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: 20,
    padding: '16px 18px 20px',
    [PHONE]: { padding: '14px 12px 16px' },
  },
});

/** A choice with a word or two of meaning each, as radio buttons. */
export const RadioSet = styled('fieldset')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '8px 10px',
  margin: 0,
  padding: 0,
  border: 0,
  minWidth: 0,
  '& legend': { padding: 0, marginBottom: 6, fontSize: 14, lineHeight: '20px', fontWeight: 550 },
  '& label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 8,
    minHeight: 38,
    padding: '6px 13px 6px 11px',
    border: '1px solid var(--bl-line)',
    borderRadius: 7,
    fontSize: 14,
    lineHeight: '20px',
    cursor: 'pointer',
    '&:hover': { background: 'var(--bl-hover)' },
    '&:has(input:checked)': { borderColor: 'var(--bl-accent)', background: 'var(--bl-accent-soft)' },
    '&:has(input:focus-visible)': { outline: '2px solid var(--bl-accent)', outlineOffset: 2 },
  },
  '& input': { accentColor: 'var(--bl-accent)', margin: 0, width: 16, height: 16 },
});

/** Something to do with one thing on the page, beside or beneath it. */
export const SmallButton = styled(ActionButton)({
  minHeight: 30,
  padding: '3px 11px',
  borderColor: 'var(--bl-line)',
  fontSize: 13.5,
});
SmallButton.defaultProps = { type: 'button' };

/** Takes over what was chosen; quieter than the form's own button, and plain until there is something to take over. */
export const ConfirmButton = styled(ActionButton)({
  '&:enabled': { borderColor: 'var(--bl-accent)', background: 'var(--bl-accent-soft)', color: 'var(--bl-accent)' },
});
ConfirmButton.defaultProps = { type: 'button' };

/** What is said above an input that has no label of its own. */
export const RowLabel = styled('div')({
  fontSize: 14,
  lineHeight: '20px',
  fontWeight: 550,
  '& small': { fontSize: 13, fontWeight: 400, color: 'var(--bl-muted)' },
});
