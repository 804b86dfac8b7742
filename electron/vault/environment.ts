import { resolve } from 'node:path';
import { problemOf } from '../../shared/problem.ts';
import type { ProfileDraft, TlsSettings } from '../../shared/profile.ts';
import { parseNodeAddress } from './address.ts';
import { proxyAddress } from './route.ts';
import { authoritiesIn, readPem } from './tls-material.ts';

export interface EnvironmentNotice {
  readonly variable: string;
  readonly text: string;
}

export interface EnvironmentReading {
  /** What a new profile can take over. Never a token. */
  readonly draft: Partial<ProfileDraft>;
  /** One entry for each variable that was left out or needs a look. */
  readonly notices: readonly EnvironmentNotice[];
}

type Environment = Readonly<Record<string, string | undefined>>;
type Notice = (variable: string, text: string) => void;

/**
 * Reads the `VAULT_*` variables that the `vault` command knows (Vault 1.14.9, api/client.go) into the
 * beginnings of a profile. Only done when a person asks for it; no other code reads them.
 */
export async function readEnvironment(environment: Environment): Promise<EnvironmentReading> {
  const notices: EnvironmentNotice[] = [];
  const notice: Notice = (variable, text) => notices.push({ variable, text });
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;

  const draft: Partial<ProfileDraft> = {
    ...addressFrom(value('VAULT_ADDR'), notice),
    ...namespaceFrom(value('VAULT_NAMESPACE')),
    ...proxyFrom(value, notice),
    tls: await tlsFrom(value, notice),
  };
  for (const [variable, text] of ignored) if (value(variable) !== undefined) notice(variable, text);
  return { draft, notices };
}

const ignored: readonly (readonly [variable: string, text: string])[] = [
  ['VAULT_SKIP_VERIFY', 'Ignored: Keyturn always verifies certificates.'],
  ['VAULT_TOKEN', 'Ignored and not read: a token is entered by a person when a step needs it.'],
  ['VAULT_AGENT_ADDR', 'Ignored: an attempt must stay on a node’s own address.'],
  ['HTTPS_PROXY', 'Ignored: only the profile’s proxy is used. VAULT_PROXY_ADDR is taken over.'],
  ['https_proxy', 'Ignored: only the profile’s proxy is used. VAULT_PROXY_ADDR is taken over.'],
];

function addressFrom(text: string | undefined, notice: Notice): Partial<ProfileDraft> {
  if (text === undefined) return {};
  const address = parseNodeAddress(text);
  if (!address.ok) {
    notice('VAULT_ADDR', `Not taken over: ${address.problem.known}`);
    return {};
  }
  notice(
    'VAULT_ADDR',
    'Taken over as the first node. If it is a load balancer, replace it by each node’s own address.',
  );
  return { nodes: [address.value] };
}

function namespaceFrom(namespace: string | undefined): Partial<ProfileDraft> {
  return namespace === undefined ? {} : { namespace: namespace.slice(0, 400) };
}

function proxyFrom(
  value: (name: string) => string | undefined,
  notice: Notice,
): Partial<ProfileDraft> {
  for (const variable of ['VAULT_PROXY_ADDR', 'VAULT_HTTP_PROXY']) {
    const proxy = value(variable);
    if (proxy === undefined) continue;
    try {
      proxyAddress(proxy);
      return { proxy };
    } catch (thrown) {
      notice(variable, `Not taken over: ${problemOf(thrown).known}`);
    }
  }
  return {};
}

async function tlsFrom(
  value: (name: string) => string | undefined,
  notice: Notice,
): Promise<TlsSettings> {
  const caPem = await caFrom(value, notice);
  const serverName = value('VAULT_TLS_SERVER_NAME');
  const cert = value('VAULT_CLIENT_CERT');
  const key = value('VAULT_CLIENT_KEY');
  if ((cert === undefined) !== (key === undefined)) {
    notice(
      cert === undefined ? 'VAULT_CLIENT_KEY' : 'VAULT_CLIENT_CERT',
      'A client certificate and its key belong together: name the other file too.',
    );
  }
  return {
    ...(caPem === undefined ? {} : { caPem }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(cert === undefined ? {} : { clientCertFile: resolve(cert) }),
    ...(key === undefined ? {} : { clientKeyFile: resolve(key) }),
  };
}

/** The file comes before the bytes, as in Vault's client; a folder of CAs is not read. */
async function caFrom(
  value: (name: string) => string | undefined,
  notice: Notice,
): Promise<string | undefined> {
  const file = value('VAULT_CACERT');
  const bytes = value('VAULT_CACERT_BYTES');
  if (file === undefined && bytes === undefined) {
    if (value('VAULT_CAPATH') !== undefined) {
      notice(
        'VAULT_CAPATH',
        'Not taken over: choose the one CA file in that folder that is meant.',
      );
    }
    return undefined;
  }
  try {
    const pem = file === undefined ? (bytes ?? '') : await readPem(resolve(file), 'CA certificate');
    return authoritiesIn(pem).join('\n');
  } catch (thrown) {
    notice(
      file === undefined ? 'VAULT_CACERT_BYTES' : 'VAULT_CACERT',
      `Not taken over: ${problemOf(thrown).known}`,
    );
    return undefined;
  }
}
