import type { AuthService, BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { RequestProblem } from '@busline/onboarding';
import { EVENTBRIDGE_PLUGIN_ID, type EventbridgeApi } from '@busline/plugin-eventbridge-common';

/** The event portal, as the actions see it. */
export interface Portal {
  readonly api: Pick<EventbridgeApi, 'makePlan' | 'sendChangeRequest' | 'openPullRequests' | 'closeChangeRequest'>;
  /** A token with which the portal knows on whose behalf it is asked. */
  readonly tokenFor: (credentials: BackstageCredentials) => Promise<string>;
}

/** The actions may do what whoever started the template may do, and nothing more. */
export function actingFor(auth: AuthService): Portal['tokenFor'] {
  return async credentials => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: EVENTBRIDGE_PLUGIN_ID,
    });
    return token;
  };
}

/** All problems at once, each with its field, as the form would show them. */
export function problemsError(problems: readonly RequestProblem[]): InputError {
  const lines = problems.map(({ field, message, wayOut }) => {
    const place = field === '' ? '' : `${field}: `;
    return `${place}${message}${wayOut ? ` ${wayOut}` : ''}`;
  });
  return new InputError(`The request cannot be planned.\n${lines.join('\n')}`);
}
