import { request } from 'node:https';
import type { PracticeSite } from '../../electron/practice/site.ts';
import type { NodeAddress } from '../../shared/ids.ts';

export interface Call {
  readonly node?: NodeAddress;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly bytes: Buffer;
  readonly json: Readonly<Record<string, unknown>>;
}

/** One call on a connection of its own, over nothing but node:https: no client code of the app. */
export function ask(site: PracticeSite, call: Call): Promise<Answer> {
  const node = call.node ?? site.nodes[0];
  const body = call.rawBody ?? (call.body === undefined ? '' : JSON.stringify(call.body));
  const { certPem, keyPem } = site.clientCertificate;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${node}/v1/${call.path}`,
      {
        method: call.method ?? (body === '' ? 'GET' : 'PUT'),
        agent: false,
        ca: site.caPem,
        cert: certPem,
        key: keyPem,
        headers: { 'X-Vault-Request': 'true', ...call.headers },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          const status = incoming.statusCode ?? 0;
          resolve({ status, headers: incoming.headers, text, bytes, json: objectOf(text) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return fields(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The members of an object; none for anything else. */
export const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** `data` of an answer of Vault's logical layer. */
export const dataOf = (answer: Answer): Readonly<Record<string, unknown>> =>
  fields(answer.json['data']);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const dr = 'sys/replication/dr/secondary';
export const attempt = `${dr}/generate-operation-token/attempt`;
export const update = `${dr}/generate-operation-token/update`;

/** Share `index` (0-based) in base64. */
export const share = (site: PracticeSite, index: number): string =>
  site.shares[index]?.expose() ?? '';

export const start = (site: PracticeSite, body: unknown = {}): Promise<Answer> =>
  ask(site, { path: attempt, body });

export const status = (site: PracticeSite): Promise<Answer> => ask(site, { path: attempt });

export const give = (site: PracticeSite, key: string, nonce: string): Promise<Answer> =>
  ask(site, { path: update, body: { key, nonce } });

/** A whole attempt with `threshold` shares: the OTP of its start and the answer to its last share. */
export async function complete(
  site: PracticeSite,
  threshold = 3,
): Promise<{ readonly otp: string; readonly nonce: string; readonly last: Answer }> {
  const started = await start(site);
  const nonce = textOf(started.json['nonce']);
  let last = started;
  for (let at = 0; at < threshold; at += 1) last = await give(site, share(site, at), nonce);
  return { otp: textOf(started.json['otp']), nonce, last };
}

/** A DR operation token made on the cluster of `node`, which is a DR secondary of 1.x. */
export async function drOperationTokenOn(site: PracticeSite, node: NodeAddress): Promise<string> {
  const started = await ask(site, { path: attempt, node, body: {} });
  const nonce = textOf(started.json['nonce']);
  let last = started;
  for (const at of [0, 1, 2]) {
    last = await ask(site, { path: update, node, body: { key: share(site, at), nonce } });
  }
  return decode(textOf(last.json['encoded_token']), textOf(started.json['otp']));
}

/** A DR operation token, decoded here the way §2 says. */
export async function drOperationToken(site: PracticeSite): Promise<string> {
  const { otp, last } = await complete(site);
  return decode(textOf(last.json['encoded_token']), otp);
}

export const decode = (encoded: string, otp: string): string => {
  const pad = Buffer.from(otp);
  const bytes = Buffer.from(encoded, 'base64');
  return Buffer.from(bytes.map((byte, at) => byte ^ (pad[at] ?? 0))).toString();
};

/** Asks until the answer is as wished; a broken connection counts as "not yet". */
export async function until(
  what: () => Promise<Answer>,
  wished: (answer: Answer) => boolean,
): Promise<Answer> {
  for (;;) {
    const answer = await what().catch(() => undefined);
    if (answer !== undefined && wished(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Promotes and waits until the first node says that it is a primary. */
export async function promoted(site: PracticeSite, token: string): Promise<void> {
  await ask(site, { path: `${dr}/promote`, body: { dr_operation_token: token } });
  await until(
    () => ask(site, { path: 'sys/health' }),
    ({ status: code, json }) => code === 200 && json['replication_dr_mode'] === 'primary',
  );
}

/** A call on the primary with its root token. */
export const asRoot = (site: PracticeSite, call: Call): Promise<Answer> =>
  as(site, site.rootToken.expose(), call);

/** A call on the primary, or on `call.node`, with this token. */
export const as = (site: PracticeSite, token: string, call: Call): Promise<Answer> =>
  ask(site, { node: site.primary, ...call, headers: { 'X-Vault-Token': token } });

/** The policy of HashiCorp's tutorial for a DR operation batch token (§4.5). */
export const drPolicy = `
# What a failover needs.
path "${dr}/promote" {
  capabilities = ["update"]
}
path "${dr}/update-primary" {
  capabilities = ["update"]
}
`;

export const writePolicy = (site: PracticeSite, name: string, policy: string): Promise<Answer> =>
  asRoot(site, { path: `sys/policies/acl/${name}`, body: { policy } });

/** An orphan batch token made on the primary, unless `body` says otherwise. */
export async function batchToken(site: PracticeSite, body: unknown): Promise<string> {
  const answer = await asRoot(site, {
    path: 'auth/token/create-orphan',
    body: { type: 'batch', ...fields(body) },
  });
  return textOf(fields(answer.json['auth'])['client_token']);
}
