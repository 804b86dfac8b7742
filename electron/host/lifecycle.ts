import type { Surface } from '../../shared/contract/define.ts';
import { Trouble, type Result } from '../../shared/problem.ts';
import type { CallHandler, Interruption } from './host.ts';

/** The listeners that every host keeps, and the rule that quitting happens once. */
export class Lifecycle {
  #handler: CallHandler | undefined;
  readonly #closed: ((surface: Surface) => void)[] = [];
  readonly #interrupted: ((what: Interruption) => void)[] = [];
  readonly #quitting: (() => Promise<void>)[] = [];
  #quit: Promise<void> | undefined;

  onCall(handler: CallHandler): void {
    this.#handler = handler;
  }

  onSurfaceClosed(listener: (surface: Surface) => void): void {
    this.#closed.push(listener);
  }

  onInterruption(listener: (what: Interruption) => void): void {
    this.#interrupted.push(listener);
  }

  onQuit(listener: () => Promise<void>): void {
    this.#quitting.push(listener);
  }

  async call(
    surface: Surface,
    name: string,
    payload: string | undefined,
  ): Promise<Result<unknown>> {
    if (this.#handler === undefined) return refusedCall;
    return this.#handler(surface, name, payload);
  }

  surfaceClosed(surface: Surface): void {
    for (const listener of this.#closed) listener(surface);
  }

  interrupted(what: Interruption): void {
    for (const listener of this.#interrupted) listener(what);
  }

  get isQuitting(): boolean {
    return this.#quit !== undefined;
  }

  /** Runs the quit listeners, then `end`, once. A listener that fails does not keep the rest from running. */
  quit(end: () => Promise<void>): Promise<void> {
    this.#quit ??= this.#runQuit(end);
    return this.#quit;
  }

  async #runQuit(end: () => Promise<void>): Promise<void> {
    for (const listener of this.#quitting) {
      try {
        await listener();
      } catch {
        // Its own room has recorded what failed; the windows must close all the same.
      }
    }
    await end();
  }
}

/** The answer to every call that did not come from the main frame of a surface we opened. */
export const refusedCall: Result<never> = {
  ok: false,
  problem: {
    code: 'contract.refused',
    known: 'A page asked for something that is not its to ask.',
    safe: 'The request was not carried out.',
    next: 'Close this window and open the step again from the guide.',
  },
};

/** A surface that did not come up. */
export const surfaceNotOpened = (surface: Surface): Trouble =>
  new Trouble({
    code: 'internal',
    known: `The window "${surface}" did not open.`,
    safe: 'Nothing was sent to Vault.',
    next: 'Try this step again. If it happens twice, close Keyturn and start it again: it comes back to this step.',
    facts: { surface },
  });

/** A document that did not become a PDF. */
export const notPrinted = new Trouble({
  code: 'internal',
  known: 'The report could not be printed as a PDF.',
  safe: 'The record itself was not touched.',
  next: 'Try again. If it happens twice, close Keyturn and start it again.',
});
