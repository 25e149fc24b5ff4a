import { makeStyles } from '@material-ui/core';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 11,
    color: theme.palette.text.primary,
  },
  word: { fontSize: 18, fontWeight: 650, letterSpacing: '-0.02em' },
  line: { stroke: theme.palette.primary.main },
  stop: {
    stroke: theme.palette.text.primary,
    fill: theme.palette.background.paper,
  },
}));

/** A line with stops: the bus that everybody publishes on. */
export const LogoIcon = () => {
  const classes = useStyles();
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" fill="none" aria-hidden="true">
      <path
        className={classes.line}
        d="M3 19.5h7.5a4 4 0 0 0 4-4v-5a4 4 0 0 1 4-4H23"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
      <circle className={classes.stop} cx="5.5" cy="19.5" r="3" strokeWidth="1.9" />
      <circle className={classes.stop} cx="14.5" cy="13" r="3" strokeWidth="1.9" />
      <circle className={classes.stop} cx="20.5" cy="6.5" r="3" strokeWidth="1.9" />
    </svg>
  );
};

export const LogoFull = () => {
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <LogoIcon />
      <span className={classes.word}>Busline</span>
    </span>
  );
};
