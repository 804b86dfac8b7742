import type { X509Certificate } from 'node:crypto';
import { certificateFailure, isCertificateCode, isClockCode } from './certificate-trouble.ts';
import { failure, type Asked, type Delivery, type VaultFailure, type Wording } from './failure.ts';
import { authority, type Route } from './route.ts';

/** How far a call had come when it failed. */
export type Stage = 'proxy' | 'connecting' | 'handshake' | 'exchange';

export interface Circumstances {
  readonly route: Route;
  readonly asked: Asked;
  readonly stage: Stage;
  readonly delivery: Delivery;
  /** The certificates the peer had shown by then, from the leaf up. */
  readonly shown: readonly X509Certificate[];
}

/**
 * Names a failure of the network, of TLS or of HTTP. The error itself is not kept: it may hold the
 * bytes that were received.
 */
export function networkFailure(error: unknown, where: Circumstances): VaultFailure {
  const code = codeOf(error);
  if (isClockCode(code) || isCertificateCode(code)) return certificateFailure(code, where);
  const wording = wordingFor(code, where);
  const facts = code === '' ? wording.facts : { reason: code, ...wording.facts };
  return failure(where.asked, { ...wording, facts }, { delivery: where.delivery });
}

/** The call was cut off by its time limit, or because the connection was closed on purpose. */
export function interrupted(
  route: Route,
  asked: Asked,
  signal: AbortSignal,
  delivery: Delivery,
): VaultFailure {
  const wording: Wording =
    signal.reason === 'closed'
      ? {
          code: 'vault.reset',
          known: `Keyturn closed its connection to ${asked.address} before the call was over.`,
          next: 'Open the cluster again to go on.',
        }
      : {
          code: 'vault.timeout',
          known: `${asked.address} did not give a whole answer within the time limit.`,
          next: 'Look whether the node is overloaded or the network drops packets (a firewall that discards silently looks like this), then read the status again.',
          facts: route.proxy === undefined ? {} : { proxy: authority(route.proxy) },
        };
  return failure(asked, wording, { delivery });
}

function wordingFor(code: string, { route, asked, stage }: Circumstances): Wording {
  const goal =
    stage === 'proxy' && route.proxy ? `the proxy ${authority(route.proxy)}` : asked.address;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
    case 'ENODATA':
      return {
        code: 'vault.name-not-resolved',
        known: `The name in ${goal} could not be turned into an address on this machine.`,
        next: 'Check the spelling. If name service is down too, put the name and its IP address into this machine’s hosts file.',
      };
    case 'ECONNREFUSED':
      return {
        code: 'vault.refused',
        known: `Nothing accepts connections at ${goal}.`,
        next: 'Check the port and whether Vault runs there. This says nothing about other nodes.',
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'vault.refused',
        known: `There is no way from this machine to ${goal}.`,
        next: 'Check the cable, the route and the firewall. Not visible from here does not mean down.',
      };
    case 'ETIMEDOUT':
      return {
        code: 'vault.timeout',
        known: `${goal} did not answer the attempt to connect.`,
        next: 'Check the address and the firewall. Not visible from here does not mean down.',
      };
    default:
      if (code.startsWith('HPE_')) return notHttp(asked);
      return isTlsCode(code) ? tlsWording(code, route, asked) : resetWording(route, asked, stage);
  }
}

function notHttp(asked: Asked): Wording {
  return {
    code: 'vault.not-vault',
    known: `What answered at ${asked.address} does not speak HTTP as Vault does.`,
    next: 'Check the port: Vault’s API usually listens on 8200, its cluster port 8201 speaks another protocol.',
  };
}

function resetWording(route: Route, asked: Asked, stage: Stage): Wording {
  const mayWantCertificate = stage !== 'proxy' && !route.hasClientCertificate;
  return {
    code: 'vault.reset',
    known: `The connection to ${asked.address} was cut before an answer was complete.`,
    next: mayWantCertificate
      ? 'Read the status again. If it is always cut, this Vault may demand a client certificate: add it to the profile.'
      : 'Read the status again. A node that restarts or changes its leader cuts connections like this.',
  };
}

function tlsWording(code: string, route: Route, asked: Asked): Wording {
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_TOO_LARGE/.test(code)) {
    return {
      code: 'vault.tls',
      known: `${asked.address} answered without TLS: this looks like a plain HTTP port.`,
      next: 'Check the port. Keyturn speaks HTTPS only, since a share sent in the clear could be read on the way.',
    };
  }
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/.test(code)) {
    return {
      code: 'vault.tls',
      known: `${asked.address} offers no TLS version that is safe enough. Keyturn needs TLS 1.2 or newer.`,
      next: 'Raise tls_min_version at the listener of that node, or remove what stands before it.',
    };
  }
  if (/CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED/.test(code)) {
    return {
      code: 'vault.tls',
      known: route.hasClientCertificate
        ? `${asked.address} refused the client certificate of this profile.`
        : `${asked.address} demands a client certificate, and this profile has none.`,
      next: route.hasClientCertificate
        ? 'Check that it is not expired and comes from a CA that this Vault’s listener accepts (tls_client_ca_file).'
        : 'Add the client certificate and its key to the profile.',
    };
  }
  return {
    code: 'vault.tls',
    known: `TLS could not be agreed with ${asked.address}.`,
    next: route.hasClientCertificate
      ? 'Check the port, and that nothing between here and Vault takes TLS apart.'
      : 'Check the port. If this Vault demands a client certificate, add it to the profile.',
  };
}

const isTlsCode = (code: string): boolean => /^(ERR_SSL_|ERR_TLS_|EPROTO|ERR_OSSL_)/.test(code);

/** The error's code, where it is only letters, digits and underscores. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : '';
}
