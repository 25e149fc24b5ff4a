import type { Theme } from '@mui/material/styles';

/**
 * The few colours and sizes that the pages are painted with, as CSS variables. Neutral ones follow the theme that the
 * app has chosen, so that the pages sit well in any Backstage; those that carry a meaning (an event type, a service, a
 * bus, a state) are the same everywhere and are chosen to be read on either ground (at least 4.5:1 as text).
 */
export type Tokens = Readonly<Record<`--bl-${string}`, string>>;

const MEANINGS = {
  light: {
    '--bl-event': '#a8480b',
    '--bl-event-soft': '#fdf1e6',
    '--bl-event-line': '#f0c9a4',
    '--bl-service': '#0b6b64',
    '--bl-service-soft': '#e6f5f3',
    '--bl-service-line': '#a9dcd6',
    '--bl-bus': '#6840b4',
    '--bl-bus-soft': '#f2edfb',
    '--bl-bus-line': '#cfbdf0',
    '--bl-ok': '#1a7041',
    '--bl-ok-soft': '#e7f5ec',
    '--bl-warn': '#8a5300',
    '--bl-warn-soft': '#fdf3dc',
    '--bl-warn-line': '#ecd08f',
    '--bl-error': '#b3261e',
    '--bl-error-soft': '#fdecea',
    '--bl-error-line': '#f2b8b3',
    '--bl-mark': '#fff0b3',
    '--bl-shadow': '0 1px 2px rgba(20, 28, 40, 0.06), 0 4px 14px rgba(20, 28, 40, 0.05)',
    '--bl-shadow-high': '0 2px 6px rgba(20, 28, 40, 0.08), 0 14px 40px rgba(20, 28, 40, 0.16)',
  },
  dark: {
    '--bl-event': '#f3a861',
    '--bl-event-soft': '#2d2217',
    '--bl-event-line': '#5c4429',
    '--bl-service': '#5ecdc1',
    '--bl-service-soft': '#14292a',
    '--bl-service-line': '#26544f',
    '--bl-bus': '#bda2f5',
    '--bl-bus-soft': '#251f38',
    '--bl-bus-line': '#483c6b',
    '--bl-ok': '#6bcb8f',
    '--bl-ok-soft': '#15291d',
    '--bl-warn': '#e9b452',
    '--bl-warn-soft': '#2b2414',
    '--bl-warn-line': '#5a4a22',
    '--bl-error': '#f58d85',
    '--bl-error-soft': '#331b1b',
    '--bl-error-line': '#693331',
    '--bl-mark': '#57480f',
    '--bl-shadow': '0 1px 2px rgba(0, 0, 0, 0.3)',
    '--bl-shadow-high': '0 2px 6px rgba(0, 0, 0, 0.4), 0 14px 40px rgba(0, 0, 0, 0.5)',
  },
} as const;

/** A part of the text colour over the ground: greys that stay in tune with any theme. */
const over = (text: string, percent: number, ground: string) => `color-mix(in srgb, ${text} ${percent}%, ${ground})`;

/** Tokens for a Material UI v5 theme. */
export function tokensFor(theme: Theme): Tokens {
  const { palette } = theme;
  const ground = palette.background.default;
  const surface = palette.background.paper;
  const text = palette.text.primary;
  return {
    '--bl-ground': ground,
    '--bl-surface': surface,
    '--bl-sunken': over(text, palette.mode === 'dark' ? 5 : 3, surface),
    '--bl-hover': over(text, palette.mode === 'dark' ? 6 : 3.5, surface),
    '--bl-line': over(text, palette.mode === 'dark' ? 15 : 12, surface),
    '--bl-line-strong': over(text, palette.mode === 'dark' ? 48 : 50, surface),
    '--bl-text': text,
    '--bl-muted': palette.text.secondary,
    '--bl-accent': palette.primary.main,
    '--bl-accent-soft': over(palette.primary.main, palette.mode === 'dark' ? 18 : 9, surface),
    '--bl-on-accent': palette.getContrastText(palette.primary.main),
    '--bl-mono':
      'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
    '--bl-radius': '8px',
    ...MEANINGS[palette.mode],
  };
}
