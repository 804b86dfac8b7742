import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Reply } from './reply.ts';
import type { PracticeRequest } from './request.ts';
import type { WireFault } from './wire-faults.ts';

/** Vault's own limit on a request's body. */
const longestBody = 32 * 1024 * 1024;
const slowPieces = 20;

export type Read =
  | { readonly kind: 'request'; readonly request: PracticeRequest }
  | { readonly kind: 'too-large' }
  /** The caller went away before the body was complete. */
  | { readonly kind: 'aborted' };

export async function readRequest(incoming: IncomingMessage): Promise<Read> {
  const body = await readBytes(incoming);
  if (typeof body === 'string') return { kind: body };
  const [path = '', ...query] = (incoming.url ?? '').split('?');
  return {
    kind: 'request',
    request: {
      method: incoming.method ?? 'GET',
      // Everything Vault answers lives below `/v1/`; the rest keeps its slash and so meets no route.
      path: path.replace(/^\/v1\//, ''),
      query: new URLSearchParams(query.join('?')),
      token: tokenOf(incoming),
      namespace: header(incoming, 'x-vault-namespace'),
      forwardable: header(incoming, 'x-vault-no-request-forwarding') === '',
      body: body.toString('utf8'),
    },
  };
}

const readBytes = (incoming: IncomingMessage): Promise<Buffer | 'too-large' | 'aborted'> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > longestBody) resolve('too-large');
      else chunks.push(chunk);
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', () => resolve('aborted'));
    incoming.on('close', () => resolve('aborted'));
  });

const header = (incoming: IncomingMessage, name: string): string => {
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : '';
};

const tokenOf = (incoming: IncomingMessage): string =>
  header(incoming, 'x-vault-token') || header(incoming, 'authorization').replace(/^Bearer /, '');

/** Writes a reply the way Vault does, dated by the site's clock, with the fault that changes its delivery. */
export async function deliver(
  outgoing: ServerResponse,
  reply: Reply,
  now: Date,
  fault: WireFault | undefined,
): Promise<void> {
  const text = reply.json === undefined ? '' : `${JSON.stringify(reply.json)}\n`;
  const length = reply.bytes?.length ?? Buffer.byteLength(text);
  outgoing.sendDate = false;
  outgoing.writeHead(reply.status, {
    'Cache-Control': 'no-store',
    Date: now.toUTCString(),
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
    ...(reply.status === 204 ? {} : { 'Content-Length': length }),
    ...(reply.lastWords === true ? { Connection: 'close' } : {}),
    ...reply.headers,
  });
  switch (fault?.kind) {
    case 'half-answer':
      outgoing.write(text.slice(0, Math.floor(text.length / 2)) || ' ', () => {
        outgoing.socket?.destroy();
      });
      return;
    case 'slow':
      await drip(outgoing, text, fault.overMs);
      return;
    default:
      outgoing.end(reply.bytes ?? text);
  }
}

/** A page from something that is not Vault: a proxy's error, a login form. */
export function deliverPage(outgoing: ServerResponse, status: number): void {
  const title = status === 200 ? 'Sign in' : '502 Bad Gateway';
  const page = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  outgoing.writeHead(status, { 'Content-Type': 'text/html' });
  outgoing.end(page);
}

/** A well-formed JSON answer of about `bytes` bytes, for as long as the caller reads on. */
export async function deliverHuge(outgoing: ServerResponse, bytes: number): Promise<void> {
  outgoing.writeHead(200, { 'Content-Type': 'application/json' });
  await pipeline(Readable.from(hugeJson(bytes)), outgoing).catch(() => undefined);
}

function* hugeJson(bytes: number): Generator<string> {
  const block = 'a'.repeat(64 * 1024);
  yield '{"data":"';
  for (let sent = 0; sent < bytes; sent += block.length) yield block;
  yield '"}';
}

async function drip(outgoing: ServerResponse, text: string, overMs: number): Promise<void> {
  const piece = Math.max(1, Math.ceil(text.length / slowPieces));
  for (let at = 0; at < text.length && !outgoing.destroyed; at += piece) {
    await delay(overMs / slowPieces);
    outgoing.write(text.slice(at, at + piece));
  }
  outgoing.end();
}
