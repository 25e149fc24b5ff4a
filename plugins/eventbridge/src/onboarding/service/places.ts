import type { AccountSummary, ServiceDetail } from '@busline/plugin-eventbridge-common';
import type { SearchOption } from '../inputs';

/** Accounts that have a name in accounts.yaml and belong to an environment. */
export const declaredAccounts = (accounts: readonly AccountSummary[]) =>
  accounts.filter(({ id, name, environment }) => name !== id && environment !== undefined);

/** Every environment that there is, those of the service first. */
export function environmentsOf(
  accounts: readonly AccountSummary[],
  service: ServiceDetail | undefined,
): readonly string[] {
  return [
    ...new Set([
      ...(service?.environments ?? []).map(({ environment }) => environment),
      ...declaredAccounts(accounts).map(({ environment }) => environment!),
    ]),
  ];
}

/** Accounts of an environment, by name with id and owner. */
export function accountOptions(
  accounts: readonly AccountSummary[],
  service: ServiceDetail | undefined,
  environment: string | undefined,
): readonly SearchOption[] {
  const ofService = (service?.environments ?? [])
    .filter(each => !environment || each.environment === environment)
    .map(({ account }) => account);
  const all = [
    ...ofService,
    ...declaredAccounts(accounts).filter(each => !environment || each.environment === environment),
  ];
  const seen = new Set<string>();
  return all.flatMap(({ id, name, title }) => {
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ value: name, label: name, note: [title, spaced(id)].filter(Boolean).join(' · ') }];
  });
}

/** `2222 3333 4444`: twelve digits in a row are hard to compare. */
export const spaced = (id: string) => id.replace(/(\d{4})(?=\d)/g, '$1 ');

/** Regions of an account, the service's own first. */
export function regionsOf(
  accounts: readonly AccountSummary[],
  service: ServiceDetail | undefined,
  account: string | undefined,
): readonly string[] {
  return [
    ...new Set([
      ...(service?.environments ?? []).filter(each => each.account.name === account).map(({ region }) => region),
      ...(accounts.find(({ name }) => name === account)?.regions ?? []),
      ...accounts.flatMap(({ regions }) => regions),
    ]),
  ];
}

/** Where a service runs in an environment; without one, where it runs in the last of its environments, which is production most often. */
export function placeOf(service: ServiceDetail, environment: string | undefined) {
  const places = service.environments;
  const wanted =
    environment ?? (places.find(each => /^prod/.test(each.environment)) ?? places[places.length - 1])?.environment;
  const found = places.find(each => each.environment === wanted);
  return found && { environment: found.environment, account: found.account.name, region: found.region };
}
