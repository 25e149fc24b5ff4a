import GlobalStyles from '@mui/material/GlobalStyles';
import { useTheme } from '@mui/material/styles';
import { tokensFor } from './tokens';

/**
 * Puts the tokens on the document, since menus and dialogs live outside the page's own element. Every page and card
 * renders it once; the same rules twice do no harm.
 */
export function BuslineStyles() {
  const theme = useTheme();
  return (
    <GlobalStyles
      styles={{
        ':root': tokensFor(theme),
        '@keyframes bl-pulse': { '50%': { opacity: 0.45 } },
      }}
    />
  );
}
