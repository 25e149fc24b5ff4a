/** Where a command writes. Results go to `out`, what people follow to `note`. */
export interface Output {
  readonly out: (text: string) => void;
  readonly note: (text: string) => void;
}

export const standardOutput: Output = {
  out: text => process.stdout.write(`${text}\n`),
  note: text => process.stderr.write(`${text}\n`),
};

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
