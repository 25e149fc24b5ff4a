/**
 * Whether a schedule expression is one that EventBridge takes: `rate(5 minutes)`, `cron(0 20 * * ? *)`.
 * Source: "Creating an Amazon EventBridge rule that runs on a schedule".
 */
export function isSchedule(expression: string): boolean {
  return isRate(expression) || isCron(expression);
}

function isRate(expression: string): boolean {
  const match = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (!match) return false;
  const count = Number(match[1]);
  return count === 1 ? match[3] === '' : count > 1 && match[3] === 's';
}

const FIELD = /^[0-9A-Za-z*?,/#-]+$/;

function isCron(expression: string): boolean {
  const match = /^cron\(([^()]*)\)$/.exec(expression);
  const fields = match?.[1].split(' ') ?? [];
  if (fields.length !== 6 || !fields.every(field => FIELD.test(field))) {
    return false;
  }
  // One of day-of-month and day-of-week must be left open.
  return (fields[2] === '?') !== (fields[4] === '?');
}
