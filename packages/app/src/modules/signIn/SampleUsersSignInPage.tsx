import { useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';

const STORAGE_KEY = 'busline-sample-user';

/** Who can be picked: what each of them may see is decided by the backend's permission policy. */
const SAMPLE_USERS = [
  {
    name: 'platform-engineer',
    title: 'Paula, platform engineer',
    sees: 'Runs the central bus. Sees every event type, account and policy.',
  },
  {
    name: 'access-owner',
    title: 'Arif, owner of the access events',
    sees: 'Sees his team’s events, restricted ones included, and what the company shares.',
  },
  {
    name: 'billing-owner',
    title: 'Bettina, owner of the billing events',
    sees: 'Sees her team’s events and what the company shares.',
  },
  {
    name: 'reader',
    title: 'Remy, reader',
    sees: 'Looks around: public and internal events.',
  },
] as const;

const useStyles = makeStyles(theme => ({
  page: {
    minHeight: '100vh',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    padding: theme.spacing(3),
    background: theme.palette.background.default,
    color: theme.palette.text.primary,
  },
  title: { fontSize: 34, fontWeight: 650, letterSpacing: '-0.02em', margin: 0 },
  lead: {
    margin: '8px 0 32px',
    color: theme.palette.text.secondary,
    fontSize: 16,
    textAlign: 'center',
    maxWidth: 520,
  },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: 12,
    width: '100%',
    maxWidth: 520,
  },
  person: {
    width: '100%',
    textAlign: 'left',
    cursor: 'pointer',
    padding: '16px 20px',
    borderRadius: 12,
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    color: 'inherit',
    font: 'inherit',
    '&:hover': { borderColor: theme.palette.primary.main },
    '&:focus-visible': {
      outline: `3px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  name: { display: 'block', fontWeight: 600, fontSize: 16 },
  sees: {
    display: 'block',
    marginTop: 4,
    fontSize: 14,
    color: theme.palette.text.secondary,
  },
}));

/** A failed sign-in says why and leads back to the choice. */
function SignInFailed({ error }: { readonly error?: Error }) {
  const classes = useStyles();
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>Signing in failed</h1>
      <p className={classes.lead} role="alert">
        {error?.message ?? 'The portal did not say why.'} Right after the first start the sample users may still be
        loading.
      </p>
      <div className={classes.list}>
        <button type="button" className={classes.person} onClick={() => window.location.reload()}>
          <span className={classes.name}>Try again</span>
        </button>
        <button
          type="button"
          className={classes.person}
          onClick={() => {
            window.localStorage.removeItem(STORAGE_KEY);
            window.location.reload();
          }}
        >
          <span className={classes.name}>Choose somebody else</span>
        </button>
      </div>
    </main>
  );
}

function readStored(): string | undefined {
  const stored = window.localStorage.getItem(STORAGE_KEY) ?? undefined;
  return SAMPLE_USERS.some(user => user.name === stored) ? stored : undefined;
}

/**
 * Sign-in for the laptop: four sample users, one click. The choice is remembered until sign-out.
 */
export function SampleUsersSignInPage(props: SignInPageProps) {
  const classes = useStyles();
  const [user, setUser] = useState(readStored);

  if (user) {
    return (
      <ProxiedSignInPage
        {...props}
        provider="sample"
        ErrorComponent={SignInFailed}
        headers={{ 'x-busline-sample-user': user }}
        onSignInSuccess={identity => {
          const signOut = identity.signOut.bind(identity);
          // Signing out leads back to the choice, not straight in again.
          identity.signOut = async () => {
            window.localStorage.removeItem(STORAGE_KEY);
            await signOut();
            window.location.assign('/');
          };
          props.onSignInSuccess(identity);
        }}
      />
    );
  }

  return (
    <main className={classes.page}>
      <h1 className={classes.title}>Busline</h1>
      <p className={classes.lead}>
        The event portal for Amazon EventBridge. This is a laptop: choose whose eyes to look through.
      </p>
      <ul className={classes.list}>
        {SAMPLE_USERS.map(({ name, title, sees }) => (
          <li key={name}>
            <button
              type="button"
              className={classes.person}
              onClick={() => {
                window.localStorage.setItem(STORAGE_KEY, name);
                setUser(name);
              }}
            >
              <span className={classes.name}>{title}</span>
              <span className={classes.sees}>{sees}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}
