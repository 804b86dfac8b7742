import { request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { Trouble } from '../../shared/problem.ts';
import { isTrustedExpired } from './expired-leaf.ts';
import { failure, VaultFailure, type Asked } from './failure.ts';
import { interrupted, networkFailure, type Stage } from './network-trouble.ts';
import { chainOf, describePeer, type PeerInfo } from './peer.ts';
import { authority, type Route } from './route.ts';
import type { X509Certificate } from 'node:crypto';

/** A TLS connection that has been checked and has carried no byte of a request yet. */
export interface Line {
  readonly socket: TLSSocket;
  /** Undefined where the chain shown is not the one that was verified (cross-signing). */
  readonly peer: PeerInfo | undefined;
}

/**
 * Connects to a route's own host, directly or through the profile's proxy. Verification cannot be
 * turned off: neither by an option nor by NODE_TLS_REJECT_UNAUTHORIZED or VAULT_SKIP_VERIFY. The one
 * exception is the dates of exactly one leaf (`route.expired`).
 * @throws VaultFailure, always `not-sent`.
 */
export async function dial(route: Route, asked: Asked, signal: AbortSignal): Promise<Line> {
  const { secureContext } = route;
  if (secureContext instanceof Trouble)
    throw new VaultFailure(secureContext.problem, { delivery: 'not-sent' });
  const tunnel = route.proxy === undefined ? undefined : await openTunnel(route, asked, signal);
  return new Promise<Line>((resolve, reject) => {
    let shown: readonly X509Certificate[] = [];
    const socket = connect({
      ...(tunnel === undefined ? { host: route.host, port: route.port } : { socket: tunnel }),
      ...(isIP(route.expectedName) === 0 ? { servername: route.expectedName } : {}),
      secureContext,
      // Where an expired leaf is trusted, it is judged below, before a byte of the request is written.
      rejectUnauthorized: route.expired === undefined,
      checkServerIdentity: (_, certificate) => checkServerIdentity(route.expectedName, certificate),
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
    });
    const fail = (trouble: VaultFailure) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      reject(trouble);
    };
    const onAbort = () => fail(interrupted(route, asked, signal, 'not-sent'));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();

    // Node verifies on this event and drops the certificate with the connection: look at it first.
    socket.prependListener('secure', () => {
      shown = chainOf(socket);
    });
    let stage: Stage = 'connecting';
    socket.once('connect', () => (stage = 'handshake'));
    if (tunnel !== undefined) stage = 'handshake';
    socket.on('error', (error) =>
      fail(networkFailure(error, { route, asked, stage, delivery: 'not-sent', shown })),
    );
    socket.once('close', () => {
      const error = new Error('closed');
      fail(networkFailure(error, { route, asked, stage, delivery: 'not-sent', shown }));
    });
    socket.once('secureConnect', () => {
      const { expired, clock } = route;
      const accepted =
        socket.authorized ||
        (expired && isTrustedExpired(socket, shown, expired, route.expectedName, clock.now()));
      if (!accepted) {
        const where = { route, asked, stage, delivery: 'not-sent', shown } as const;
        return fail(networkFailure(refusalOf(socket), where));
      }
      const peer = describePeer(socket, shown);
      const mismatch = pinMismatch(route, asked, peer);
      if (mismatch !== undefined) return fail(mismatch);
      signal.removeEventListener('abort', onAbort);
      resolve({ socket, peer });
    });
  });
}

/** What Node would have thrown had it refused the certificate itself. */
function refusalOf(socket: TLSSocket): Error {
  const reason: unknown = socket.authorizationError;
  return reason instanceof Error
    ? reason
    : Object.assign(new Error('not authorised'), { code: String(reason) });
}

function pinMismatch(
  route: Route,
  asked: Asked,
  peer: PeerInfo | undefined,
): VaultFailure | undefined {
  const pinned = route.pinnedRoot;
  if (pinned === undefined || peer?.rootFingerprint === pinned) return undefined;
  return failure(
    asked,
    {
      code: 'profile.pin-mismatch',
      known: `${asked.address} showed a certificate from another CA than the one that was pinned when this profile was tested in daylight.`,
      next: 'Find out whether the CA was replaced on purpose. If it was, test the connection and pin again; if nobody knows of it, this may not be your Vault.',
      facts: {
        pinnedRoot: pinned,
        shownRoot: peer?.rootFingerprint ?? 'unknown',
        ...(peer === undefined ? {} : { subject: peer.subject, issuer: peer.issuer }),
      },
    },
    { delivery: 'not-sent' },
  );
}

/** Asks the profile's proxy for a tunnel (HTTP CONNECT). The proxy sees host and port, nothing else. */
function openTunnel(route: Route, asked: Asked, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const target = authority(route);
    const knock = request({
      ...route.proxy,
      method: 'CONNECT',
      path: target,
      headers: { host: target },
      agent: false,
    });
    const fail = (trouble: VaultFailure) => {
      signal.removeEventListener('abort', onAbort);
      knock.destroy();
      reject(trouble);
    };
    const onAbort = () => fail(interrupted(route, asked, signal, 'not-sent'));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    knock.on('error', (error) =>
      fail(
        networkFailure(error, { route, asked, stage: 'proxy', delivery: 'not-sent', shown: [] }),
      ),
    );
    knock.once('connect', (reply, socket, head) => {
      if (reply.statusCode !== 200) {
        socket.destroy();
        return fail(refusedByProxy(route, asked, reply.statusCode ?? 0));
      }
      signal.removeEventListener('abort', onAbort);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    knock.once('response', (reply) => fail(refusedByProxy(route, asked, reply.statusCode ?? 0)));
    knock.end();
  });
}

function refusedByProxy(route: Route, asked: Asked, status: number): VaultFailure {
  return failure(
    asked,
    {
      code: 'vault.refused',
      known: `The proxy of this profile did not open a way to ${asked.address} (HTTP ${status}).`,
      next: 'Check whether the proxy allows CONNECT to this host and port, or take the proxy out of the profile.',
      facts: route.proxy === undefined ? {} : { proxy: authority(route.proxy) },
    },
    { delivery: 'not-sent' },
  );
}
