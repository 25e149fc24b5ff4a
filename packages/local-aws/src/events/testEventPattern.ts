import { text } from '../input';
import { AwsError, type JsonObject, type Operation } from '../service';
import type { EventsContext } from './context';
import { compileOrRefuse } from './patterns';

/** Members that TestEventPattern wants in an event. Source: "TestEventPattern" in the API reference. */
const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export function testEventPattern({ environment }: EventsContext): Operation {
  return input => {
    const pattern = compileOrRefuse(text(input, 'EventPattern'), environment.quotas.eventPatternSize);
    const eventText = text(input, 'Event');
    checkEvent(eventText);
    return { Result: pattern.matches(eventText) };
  };
}

function checkEvent(eventText: string): void {
  const refuse = (reason: string) =>
    new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${reason}`);
  let event: unknown;
  try {
    event = JSON.parse(eventText);
  } catch (error) {
    throw refuse(`it is not JSON: ${(error as Error).message}`);
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw refuse('it is not a JSON object.');
  }
  const missing = REQUIRED.filter(member => (event as JsonObject)[member] === undefined);
  if (missing.length > 0) {
    throw refuse(`it has no ${missing.join(', ')}.`);
  }
}
