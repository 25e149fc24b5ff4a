import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { DataProvider } from '../api';
import { BuslineStyles } from '../theme';
import { GROUND } from './ground';

const Root = styled('div')(GROUND);

/** The ground for what stands on pages of other plugins: the portal's data and look, without its frame. */
export function Embedded(props: { readonly children: ReactNode }) {
  return (
    <DataProvider>
      <Root>
        <BuslineStyles />
        {props.children}
      </Root>
    </DataProvider>
  );
}
