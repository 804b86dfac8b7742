import { nonceSchema, type NodeAddress } from '../../shared/ids.ts';
import { failure, type Asked, type VaultFailure } from './failure.ts';
import { sayingFor } from './server-sayings.ts';
import type { Redact } from './sanitise.ts';

const showAtMost = 20;

/**
 * Names an error that Vault answered with, from its status and its texts.
 * `texts` are the server's own; what is kept of them has passed `redact`.
 */
export function refusal(
  asked: Asked,
  reply: { status: number; texts: readonly string[]; promoting: boolean },
  redact: Redact,
): VaultFailure {
  const errors = reply.texts.slice(0, showAtMost).map((text) => redact(text));
  // Recognised in the raw texts: a development token may be a word of Vault's own ("root").
  const raw = reply.texts.slice(0, showAtMost).map((text) => text.slice(0, 2000));
  const saying = sayingFor(reply.status, raw.join(' ').toLowerCase(), reply.promoting);
  const facts: Record<string, string> = {};
  if (errors.length > 0) facts['serverText'] = errors.join(' | ').slice(0, 1500);
  const nonce =
    saying.code === 'vault.wrong-nonce' ? disclosedNonce(reply.texts, redact) : undefined;
  if (nonce !== undefined) facts['nonce'] = nonce;
  return failure(
    asked,
    { ...saying, known: saying.known(asked.address), facts },
    { delivery: 'answered', status: reply.status, errors },
  );
}

/** Vault answers a wrong nonce with the real one (Vault 1.14.9, vault/generate_root.go:270). */
function disclosedNonce(texts: readonly string[], redact: Redact): string | undefined {
  const quoted = texts.map((text) => /nonce for this[^"]{1,80} is "([^"]{1,80})"/.exec(text)?.[1]);
  // An old Vault's token is a UUID too: a nonce that is a secret of the request is none.
  return quoted.find(
    (found) =>
      found !== undefined && nonceSchema.safeParse(found).success && redact(found) === found,
  );
}

/**
 * The node pointed elsewhere (a standby that does not forward, or something in front of Vault).
 * What became of the call is unknown: a standby whose forwarding failed half-way redirects too
 * (Vault 1.14.9, http/handler.go:941-988).
 */
export function redirectRefused(
  asked: Asked,
  reply: { status: number; location: string | undefined },
  known: readonly NodeAddress[],
  redact: Redact,
): VaultFailure {
  const origin = originOf(reply.location, asked.address);
  const target = origin === undefined ? 'another address' : redact(origin, 300);
  const listed = known.some((address) => address === origin);
  return failure(
    asked,
    {
      code: 'vault.redirect-refused',
      known: `${asked.address} points to ${target}. Keyturn does not follow: nothing was sent there.`,
      next: listed
        ? 'That node is in this profile: work on its address instead.'
        : 'If you know that node, add its address to the profile and work on it. If you do not, something may be answering in Vault’s place.',
      facts: { location: target },
    },
    { delivery: asked.changes ? 'unknown' : 'answered', status: reply.status },
  );
}

function originOf(location: string | undefined, base: string): string | undefined {
  if (location === undefined || !URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  return url.host === '' ? undefined : `${url.protocol}//${url.host}`;
}

/** Something answered that Vault would not have said: `why` names fields, never their content. */
export function notVault(asked: Asked, why: string, status: number): VaultFailure {
  return failure(
    asked,
    {
      code: 'vault.not-vault',
      known: `The answer of ${asked.address} is not one that Vault gives: ${why}.`,
      next: 'Check that this address is a Vault node itself and not a load balancer, a proxy or a log-in page.',
    },
    { delivery: 'unknown', status },
  );
}
