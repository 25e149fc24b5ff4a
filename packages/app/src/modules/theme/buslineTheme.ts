import { createUnifiedTheme, genPageTheme, palettes, shapes, type UnifiedTheme } from '@backstage/theme';

/** The system's own face: nothing to download, and what people read all day. */
const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

const light = {
  ground: '#f7f8f9',
  surface: '#ffffff',
  text: '#1a222c',
  muted: '#5a6572',
  line: '#e0e4e8',
  accent: '#1f5fbf',
  accentDark: '#184c99',
};
const dark = {
  ground: '#0f1318',
  surface: '#161b21',
  text: '#e4e8ed',
  muted: '#9ba7b4',
  line: '#29313a',
  accent: '#82b4f8',
  accentDark: '#a8cbfb',
};

/** Quiet heads for Backstage's own pages: a plain ground instead of its coloured waves. */
const quietPages = (tones: typeof light) =>
  Object.fromEntries(
    ['home', 'documentation', 'tool', 'service', 'website', 'library', 'other', 'app', 'apis', 'card'].map(name => [
      name,
      {
        ...genPageTheme({
          colors: [tones.surface, tones.surface],
          shape: shapes.round,
          options: { fontColor: tones.text },
        }),
        backgroundImage: 'none',
      },
    ]),
  );

function buslineTheme(mode: 'light' | 'dark', tones: typeof light): UnifiedTheme {
  const isDark = mode === 'dark';
  return createUnifiedTheme({
    palette: {
      ...palettes[mode],
      mode,
      primary: { main: tones.accent, dark: tones.accentDark },
      background: { default: tones.ground, paper: tones.surface },
      text: { primary: tones.text, secondary: tones.muted },
      divider: tones.line,
      border: tones.line,
      textSubtle: tones.muted,
      textVerySubtle: isDark ? '#4a5663' : '#c6ced6',
      textContrast: tones.text,
      link: tones.accent,
      linkHover: tones.accentDark,
      navigation: {
        background: isDark ? '#12171c' : '#eff2f4',
        indicator: tones.accent,
        color: isDark ? '#a3aebb' : '#4d5965',
        selectedColor: tones.text,
        navItem: { hoverBackground: isDark ? '#1f262e' : '#e2e7eb' },
        submenu: { background: isDark ? '#1a2027' : '#e8ecef' },
      },
      tabbar: { indicator: tones.accent },
      pinSidebarButton: {
        icon: tones.text,
        background: isDark ? '#29313a' : '#d5dce2',
      },
    },
    fontFamily: FONT,
    defaultPageTheme: 'home',
    pageTheme: quietPages(tones),
    typography: {
      fontFamily: FONT,
      htmlFontSize: 16,
      h1: { fontSize: 28, fontWeight: 650, marginBottom: 8 },
      h2: { fontSize: 24, fontWeight: 650, marginBottom: 8 },
      h3: { fontSize: 20, fontWeight: 600, marginBottom: 6 },
      h4: { fontSize: 18, fontWeight: 600, marginBottom: 6 },
      h5: { fontSize: 16, fontWeight: 600, marginBottom: 4 },
      h6: { fontSize: 14, fontWeight: 600, marginBottom: 4 },
    },
    components: {
      BackstageHeader: {
        styleOverrides: {
          header: {
            boxShadow: 'none',
            borderBottom: `1px solid ${tones.line}`,
            padding: '18px 28px',
            backgroundImage: 'none',
            backgroundColor: tones.surface,
          },
          title: { fontSize: 22, fontWeight: 650 },
        },
      },
      BackstageSidebar: {
        styleOverrides: { drawer: { borderRight: `1px solid ${tones.line}` } },
      },
      BackstageContentHeader: {
        styleOverrides: { container: { alignItems: 'center' } },
      },
      // Words stay whole: names of three letters a line cannot be read.
      MuiTableCell: {
        styleOverrides: {
          root: { wordBreak: 'normal', overflowWrap: 'break-word', lineHeight: 1.35, padding: '14px 12px' },
          sizeSmall: { padding: '10px 12px' },
          head: { padding: '10px 12px' },
        },
      },
      CatalogReactUserListPicker: {
        styleOverrides: {
          root: { backgroundColor: 'transparent', margin: 0 },
          title: { marginLeft: 0, textTransform: 'none', fontSize: 13 },
          groupWrapper: { margin: '6px 0 14px', boxShadow: 'none', border: `1px solid ${tones.line}` },
          menuItem: { paddingLeft: 10, paddingRight: 40, minHeight: 40 },
          listIcon: { minWidth: 28 },
        },
      },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiTooltip: {
        styleOverrides: {
          tooltip: {
            fontSize: 12.5,
            lineHeight: 1.45,
            color: isDark ? '#12171c' : '#ffffff',
            backgroundColor: isDark ? '#d7dde4' : '#2a333d',
          },
        },
      },
      MuiButton: {
        styleOverrides: { root: { textTransform: 'none', borderRadius: 7 } },
      },
      MuiChip: {
        styleOverrides: {
          root: {
            backgroundColor: isDark ? '#262e37' : '#e9edf0',
            color: tones.text,
          },
        },
      },
    },
  });
}

export const buslineLight = buslineTheme('light', light);
export const buslineDark = buslineTheme('dark', dark);
