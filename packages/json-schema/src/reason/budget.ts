/** Work that one question may cost, in steps of about a microsecond to ten. */
export const DEFAULT_STEPS = 300_000;

/** The question cost more than it may; the answer is `unknown`. */
export class BudgetSpent extends Error {}

export class Budget {
  #left: number;

  /** With an outer budget, what is spent of this one is spent of that one too. */
  constructor(steps: number, private readonly outer?: Budget) {
    this.#left = steps;
  }

  spend(steps = 1): void {
    this.outer?.spend(steps);
    this.#left -= steps;
    if (this.#left < 0) {
      throw new BudgetSpent();
    }
  }
}
