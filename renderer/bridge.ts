import type { z } from 'zod';
import type { PushOf, ReplyOf, RequestOf, Bridge, Slice } from '../shared/contract/define.ts';
import type { Problem, Result } from '../shared/problem.ts';

/** A surface's own slice of the contract, as functions. Nothing here throws: trouble is a value. */
export interface Client<S extends Slice> {
  call<N extends keyof S['calls'] & string>(
    name: N,
    payload: RequestOf<S['calls'][N]>,
  ): Promise<Result<ReplyOf<S['calls'][N]>>>;
  /** Returns the function that stops listening. */
  on<N extends keyof S['pushes'] & string>(
    name: N,
    listener: (payload: PushOf<S['pushes'][N]>) => void,
  ): () => void;
}

/**
 * The guide's client: replies and pushes are checked against the slice's schemas. A push that does
 * not fit is dropped (main has checked it, so the page would be of another version).
 */
export function connect<S extends Slice>(slice: S, bridge: Bridge = window.keyturn): Client<S> {
  const { calls, pushes }: { calls: S['calls']; pushes: S['pushes'] } = slice;
  return {
    async call<N extends keyof S['calls'] & string>(name: N, payload: RequestOf<S['calls'][N]>) {
      const result = await send(bridge, name, payload);
      if (!result.ok) return result;
      const call: S['calls'][N] = calls[name];
      return read<S['calls'][N]['reply']>(call.reply, result.value);
    },
    on<N extends keyof S['pushes'] & string>(
      name: N,
      listener: (payload: PushOf<S['pushes'][N]>) => void,
    ) {
      return bridge.on(name, (payload) => {
        const push = read<S['pushes'][N]>(pushes[name], payload);
        if (push.ok) listener(push.value);
      });
    },
  };
}

function read<Z extends z.ZodType>(schema: Z, value: unknown): Result<z.output<Z>> {
  const parsed = schema.safeParse(value);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: brokenReply };
}

/**
 * The isolated surfaces' client: the same types without a validator, so that those pages carry no
 * dependency. Main has checked every reply and push against the same schemas.
 */
export function connectTrusting<S extends Slice>(bridge: Bridge = window.keyturn): Client<S> {
  return {
    async call(name, payload) {
      const result = await send(bridge, name, payload);
      return isResultOf<ReplyOf<S['calls'][typeof name]>>(result)
        ? result
        : { ok: false, problem: brokenReply };
    },
    on(name, listener) {
      return bridge.on(name, (payload) => {
        if (isPushOf<PushOf<S['pushes'][typeof name]>>(payload)) listener(payload);
      });
    },
  };
}

/** The two places where a page takes main's word for a type. */
const isResultOf = <T>(result: Result<unknown>): result is Result<T> =>
  typeof result.ok === 'boolean';
const isPushOf = <T>(payload: unknown): payload is T => payload !== undefined;

async function send(bridge: Bridge, name: string, payload: unknown): Promise<Result<unknown>> {
  try {
    return await bridge.call(name, payload);
  } catch {
    return { ok: false, problem: unanswered };
  }
}

const unanswered: Problem = {
  code: 'internal',
  known: 'Keyturn did not answer this window.',
  safe: 'Whether the step was carried out is on record, not lost.',
  next: 'Close Keyturn and start it again: it comes back to this step and says what happened.',
};

const brokenReply: Problem = {
  code: 'contract.malformed',
  known: 'Keyturn answered in a form that this window does not know.',
  safe: 'The step may have been carried out; it is on record.',
  next: 'Close Keyturn and start it again: it comes back to this step and says what happened.',
};
