import { ConfigReader } from '@backstage/config';
import { defaultQuotas } from '@busline/infrastructure';
import { readQuotas } from './quotas';

const read = (quotas: Record<string, string | number>) => readQuotas(new ConfigReader({ eventbridge: { quotas } }));

describe('eventbridge.quotas', () => {
  it("are AWS's defaults, and what AWS has raised", () => {
    expect(readQuotas(new ConfigReader({}))).toEqual(defaultQuotas);
    expect(read({ rulesPerBus: 1000, rolesPerAccount: 5000 })).toEqual({
      ...defaultQuotas,
      rulesPerBus: 1000,
      rolesPerAccount: 5000,
    });
  });

  it.each([
    [
      { wildcardRulesPerBus: 100 },
      /^eventbridge\.quotas\.wildcardRulesPerBus is no quota that AWS raises; expected rulesPerBus, /,
    ],
    [{ rules: 100 }, /^eventbridge\.quotas\.rules is no quota/],
    [{ rulesPerBus: 0 }, /^eventbridge\.quotas\.rulesPerBus is 0; expected a whole number above 0$/],
    [{ eventBuses: 1.5 }, /whole number/],
    [{ eventBuses: 'many' }, /eventBuses/],
  ])('%j is refused', (quotas: Record<string, string | number>, message) => {
    expect(() => read(quotas)).toThrow(message);
  });
});
