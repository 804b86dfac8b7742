import type { z } from 'zod';
import type { Result } from '../problem.ts';

/** The pages there are. Each has an origin, a renderer process and a slice of the contract of its own. */
export const surfaces = ['guide', 'share-entry', 'secret-entry', 'promote', 'scan'] as const;
export type Surface = (typeof surfaces)[number];

/** One question a page may ask of main, and the answer's shape. */
export interface Call<Request extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly request: Request;
  readonly reply: Reply;
}

export interface Slice {
  readonly calls: Readonly<Record<string, Call>>;
  /** What main may tell the page unasked. */
  readonly pushes: Readonly<Record<string, z.ZodType>>;
}

export const call = <Request extends z.ZodType, Reply extends z.ZodType>(
  request: Request,
  reply: Reply,
): Call<Request, Reply> => ({ request, reply });

/** What a page writes to ask (`z.input`): a secret is still text there. */
export type RequestOf<C extends Call> = z.input<C['request']>;
/** What a handler in main receives (`z.output`): a secret is already wrapped. */
export type ParsedRequestOf<C extends Call> = z.output<C['request']>;
export type ReplyOf<C extends Call> = z.output<C['reply']>;
export type PushOf<P extends z.ZodType> = z.output<P>;

/**
 * What a host puts on `window.keyturn` in every page: the whole way out. Untyped on purpose; each
 * surface wraps it with the types of its own slice (`renderer/bridge.ts`), main checks again.
 */
export interface Bridge {
  call(name: string, payload: unknown): Promise<Result<unknown>>;
  /** Returns the function that stops listening. */
  on(name: string, listener: (payload: unknown) => void): () => void;
}
