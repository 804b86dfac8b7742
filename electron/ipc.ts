import type { z } from 'zod';
import type {
  Call,
  ParsedRequestOf,
  PushOf,
  ReplyOf,
  Slice,
  Surface,
} from '../shared/contract/define.ts';
import { problemOf, Trouble, type Problem, type Result } from '../shared/problem.ts';
import { isWholeText } from '../shared/whole-text.ts';
import type { Host } from './host/host.ts';
import { limits, measureJson } from './security/payload-limits.ts';

export type Contract = Readonly<Record<Surface, Slice>>;

type HandlersOf<S extends Slice> = {
  readonly [N in keyof S['calls']]: (
    request: ParsedRequestOf<S['calls'][N]>,
  ) => Promise<ReplyOf<S['calls'][N]>>;
};
/** One handler for each call of each surface. A handler throws `Trouble`; anything else becomes `internal`. */
export type Handlers<C extends Contract> = { readonly [S in Surface]: HandlersOf<C[S]> };

export interface Pusher<C extends Contract> {
  /** Tells a surface something; nothing where it is closed. @throws Trouble `internal` on a payload the contract does not know */
  push<S extends Surface, N extends keyof C[S]['pushes'] & string>(
    surface: S,
    name: N,
    payload: PushOf<C[S]['pushes'][N]>,
  ): void;
}

/**
 * Puts the contract between the pages and the handlers (Electron security checklist #17 "Validate
 * the sender of all IPC messages"; the host vouches for the sender, this for everything else).
 * A page reaches only the calls of its own slice; requests, replies and pushes are checked against
 * their schemas here, whatever the page's own code did; what is refused is not echoed.
 */
export function bindContract<C extends Contract>(
  host: Pick<Host, 'onCall' | 'push'>,
  contract: C,
  handlers: Handlers<C>,
): Pusher<C>;
export function bindContract(
  host: Pick<Host, 'onCall' | 'push'>,
  contract: Contract,
  handlers: AnyHandlers,
): Pusher<Contract> {
  host.onCall(async (surface, name, payload) => {
    const call = own(contract[surface].calls, name);
    const handler = own(handlers[surface], name);
    if (call === undefined || handler === undefined) return failed(refused);
    return answer(call, handler, payload);
  });
  return {
    push(surface, name, payload) {
      const checked = own(contract[surface].pushes, name)?.safeParse(payload);
      if (checked?.success !== true) throw new Trouble(brokenPush);
      host.push(surface, name, checked.data);
    },
  };
}

/** A handler whose types are not looked at; a method's parameters compare both ways, so every handler fits. */
type AnyHandler = { handle(request: unknown): Promise<unknown> }['handle'];
type AnyHandlers = Readonly<Record<Surface, Readonly<Record<string, AnyHandler>>>>;

async function answer(
  call: Call,
  handler: AnyHandler,
  payload: string | undefined,
): Promise<Result<unknown>> {
  const request = readRequest(call.request, payload);
  if (!request.ok) return request;
  try {
    const reply = call.reply.safeParse(await handler(request.value));
    return reply.success ? { ok: true, value: reply.data } : failed(problemOf('reply'));
  } catch (thrown) {
    return failed(problemOf(thrown));
  }
}

function readRequest(schema: z.ZodType, payload: string | undefined): Result<unknown> {
  switch (measureJson(payload ?? '')) {
    case 'too-large':
      return failed(tooLarge);
    case 'too-deep':
      return failed(malformed);
    case 'fits':
  }
  try {
    const value: unknown = payload === undefined ? undefined : JSON.parse(payload, refuseHalves);
    const request = schema.safeParse(value);
    return request.success ? { ok: true, value: request.data } : failed(malformed);
  } catch {
    return failed(malformed);
  }
}

/** What is no whole text is refused here, once, and not wherever it would first be in the way. */
function refuseHalves(key: string, value: unknown): unknown {
  for (const text of [key, value])
    if (typeof text === 'string' && !isWholeText(text)) throw new TypeError('half a character');
  return value;
}

/** A record's own entry: `constructor` and `__proto__` are not calls. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const failed = (problem: Problem): Result<never> => ({ ok: false, problem });

const refused: Problem = {
  code: 'contract.refused',
  known: 'This window asked for something that is not its to ask.',
  safe: 'The request was not carried out.',
  next: 'Close this window and open the step again from the guide.',
};

const malformed: Problem = {
  code: 'contract.malformed',
  known: 'What this window sent is not in the form that is expected for this step.',
  safe: 'It was not carried out and not kept.',
  next: 'Check what was typed and try again. If it happens twice, close this window and open the step again.',
};

const tooLarge: Problem = {
  code: 'input.too-large',
  known: `What was entered is larger than ${limits.characters / 1024 / 1024} MiB, more than any step needs.`,
  safe: 'It was not read, sent or kept.',
  next: 'Check that the right file or text was chosen, and try again.',
};

const brokenPush: Problem = {
  ...problemOf('push'),
  known: 'Keyturn was about to show something in a form that its own pages do not know.',
};
