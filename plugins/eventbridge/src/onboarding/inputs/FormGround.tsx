import GlobalStyles from '@mui/material/GlobalStyles';
import type { ReactNode } from 'react';
import { Embedded } from '../../components';
import { FORM_WIDTH, FormPage } from './layout';

/** The scaffolder's form around one of these pages. */
const FORM = 'form:has([data-busline-form])';

const AROUND = {
  // Its buttons stand at the edge of the page, not at that of a wide screen.
  [FORM]: { maxWidth: FORM_WIDTH, margin: '0 auto' },
  // What is wrong is said by the page, at each field, as long as it is true; these stay until the next press.
  [`${FORM} > .MuiPaper-root, ${FORM} .MuiFormHelperText-root`]: { display: 'none' },
  // Lists of options may open beyond the card.
  '.MuiCard-root:has([data-busline-form])': { overflow: 'visible' },
} as const;

/** The ground of a page of the form: the portal's look, and the scaffolder's frame adapted to it. */
export function FormGround(props: { readonly children: ReactNode }) {
  return (
    <Embedded>
      <GlobalStyles styles={AROUND} />
      <FormPage data-busline-form="" data-busline-page="">
        {props.children}
      </FormPage>
    </Embedded>
  );
}
