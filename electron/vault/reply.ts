import { z } from 'zod';
import type { NodeAddress } from '../../shared/ids.ts';
import type { VaultCall } from './call.ts';
import type { Asked } from './failure.ts';
import type { Judged } from './node-vault.ts';
import { notVault, redirectRefused, refusal } from './refusal.ts';
import type { Redact } from './sanitise.ts';
import type { WireReply } from './transport.ts';

const errorsSchema = z.object({ errors: z.array(z.string()) });
const objectSchema = z.record(z.string(), z.unknown());

/**
 * Decides what a reply is: Vault's success (its body is returned), Vault's refusal, a redirect, or
 * nothing of Vault's.
 * @throws VaultFailure for all but the first.
 */
export function judge(
  asked: Asked,
  call: VaultCall,
  reply: WireReply,
  known: readonly NodeAddress[],
  redact: Redact,
): Judged {
  const { status } = reply;
  if (status >= 300 && status < 400) throw redirectRefused(asked, reply, known, redact);
  const body = parse(asked, reply);
  if (status === 200 || status === 204) return { status, body };
  if (call.anyStatus === true && objectSchema.safeParse(body).data?.['initialized'] !== undefined) {
    return { status, body };
  }
  const refused = errorsSchema.safeParse(body);
  if (!refused.success || status < 400) {
    throw notVault(asked, `HTTP ${status} without Vault’s list of errors`, status);
  }
  const promoting = call.path.endsWith('/promote');
  throw refusal(asked, { status, texts: refused.data.errors, promoting }, redact);
}

/** The fields of a reply as one flat object, those in `data` first. Not an object: handed on as is. */
export function fieldsOf(body: unknown): unknown {
  if (body === undefined) return {};
  const outer = objectSchema.safeParse(body);
  if (!outer.success) return body;
  const inner = objectSchema.safeParse(outer.data['data']);
  return inner.success ? { ...outer.data, ...inner.data } : outer.data;
}

function parse(asked: Asked, { status, body }: WireReply): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw notVault(asked, `HTTP ${status} with something that is not JSON`, status);
  }
}
