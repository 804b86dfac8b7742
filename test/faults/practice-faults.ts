import type { PracticeFaults, PracticeSite } from '../../electron/practice/site.ts';
import type { RequestKind } from '../../electron/practice/request.ts';
import type { NodeAddress } from '../../shared/ids.ts';

/** Whom a fault is meant for, at the step that is about to be taken. */
export interface Target {
  readonly site: PracticeSite;
  readonly faults: PracticeFaults;
  /** The node of the DR secondary that leads. */
  readonly node: NodeAddress;
  /** The call that the step is about. */
  readonly call: RequestKind;
  readonly primaryAlive: boolean;
}

export interface Fault {
  /** In the document: what happens, in the site's own words. */
  readonly title: string;
  readonly strike: (target: Target) => unknown;
  /** What somebody sees to before people go on. Absent: it passes, or they go on with it. */
  readonly mend?: (target: Target) => unknown;
}

const hour = 3_600_000;
const fault = (title: string, strike: Fault['strike'], mend?: Fault['mend']): Fault => ({
  title,
  strike,
  ...(mend ? { mend } : {}),
});
const certificate = (kind: 'expired' | 'not-yet-valid' | 'other-ca' | 'other-name'): Fault =>
  fault(
    `certificate ${kind}`,
    ({ faults }) => faults.certificate(kind),
    ({ faults }) => faults.certificate('good'),
  );
const unseal: Fault['mend'] = ({ faults }) => faults.unseal();

/** Every fault of the practice site: one that is added there and not here does not compile. */
const byName: Readonly<Record<keyof PracticeFaults, readonly Fault[]>> = {
  latency: [
    fault(
      'latency of 300 ms',
      ({ faults }) => faults.latency(300),
      ({ faults }) => faults.latency(0),
    ),
  ],
  dropNext: [
    fault('connection drops before the call', ({ faults, call }) =>
      faults.dropNext(call, 'before'),
    ),
    fault('connection drops after the call', ({ faults, call }) => faults.dropNext(call, 'after')),
  ],
  redirectNext: [
    fault('307 to another host', ({ faults, call: kind }) =>
      faults.redirectNext({ kind, to: 'https://127.0.0.1:9' }),
    ),
  ],
  rateLimitNext: [fault('429', ({ faults, call: kind }) => faults.rateLimitNext({ kind }))],
  halfAnswer: [fault('half an answer', ({ faults, call: kind }) => faults.halfAnswer({ kind }))],
  slow: [fault('an answer drop by drop', ({ faults, call: kind }) => faults.slow(400, { kind }))],
  notVault: [
    fault('a login page', ({ faults, call: kind }) => faults.notVault(200, { kind })),
    fault('a proxy’s 502', ({ faults, call: kind }) => faults.notVault(502, { kind })),
  ],
  hugeAnswer: [
    fault('an answer of 2 MB', ({ faults, call: kind }) => faults.hugeAnswer(2_000_000, { kind })),
  ],
  certificate: [
    certificate('expired'),
    certificate('not-yet-valid'),
    certificate('other-ca'),
    certificate('other-name'),
  ],
  serverClock: [
    fault(
      'the servers’ clock is an hour ahead',
      ({ faults }) => faults.serverClock(hour),
      ({ faults }) => faults.serverClock(0),
    ),
  ],
  nodeClock: [
    fault(
      'one node’s clock is an hour behind',
      ({ faults, node }) => faults.nodeClock(node, -hour),
      ({ faults, node }) => faults.nodeClock(node, 0),
    ),
  ],
  licenceEndsIn: [
    fault(
      'the licence has ended',
      ({ faults }) => faults.licenceEndsIn(-hour),
      ({ faults }) => faults.licenceEndsIn(365 * 24 * hour),
    ),
  ],
  restartNode: [
    fault(
      'the active node restarts and is sealed',
      ({ faults, node }) => faults.restartNode(node, 'sealed'),
      unseal,
    ),
  ],
  restartActive: [fault('the active node restarts', ({ faults }) => faults.restartActive())],
  changeLeader: [fault('another node leads', ({ faults }) => faults.changeLeader())],
  bringBackLeader: [
    fault('another node leads, then the first again', ({ faults }) => {
      faults.changeLeader();
      faults.bringBackLeader();
    }),
  ],
  leaderless: [
    fault(
      'no node leads',
      ({ faults }) => faults.leaderless(),
      ({ faults }) => faults.bringBackLeader(),
    ),
  ],
  standbys: [
    fault(
      'another node leads, and standbys refuse',
      ({ faults }) => {
        faults.changeLeader();
        faults.standbys('refuse');
      },
      ({ faults }) => faults.bringBackLeader(),
    ),
  ],
  seal: [fault('every node is sealed', ({ faults }) => faults.seal(), unseal)],
  unseal: [
    fault('one node is sealed and unsealed', ({ faults, node }) => {
      faults.seal(node);
      faults.unseal(node);
    }),
  ],
  uninitialised: [
    fault(
      'not initialised',
      ({ faults }) => faults.uninitialised(),
      async ({ faults, primaryAlive }) => {
        await faults.reset();
        if (!primaryAlive) await faults.primaryDown();
      },
    ),
  ],
  nodeDown: [
    fault(
      'the active node is down',
      ({ faults, node }) => faults.nodeDown(node),
      ({ faults, node }) => faults.nodeUp(node),
    ),
  ],
  nodeUp: [
    fault('the active node was down for a moment', async ({ faults, node }) => {
      await faults.nodeDown(node);
      await faults.nodeUp(node);
    }),
  ],
  primaryDown: [
    fault(
      'the primary goes down',
      ({ faults }) => faults.primaryDown(),
      ({ faults, primaryAlive }) => (primaryAlive ? faults.primaryUp() : undefined),
    ),
  ],
  primaryUp: [fault('the primary comes back', ({ faults }) => faults.primaryUp())],
  openDoor: [
    fault('somebody opens the door', ({ faults }) => faults.openDoor(['generate-operation-token'])),
  ],
  closeDoor: [fault('somebody closes the door', ({ faults }) => faults.closeDoor())],
  closeDoorButOne: [
    fault('the door is closed on every node but one', ({ faults }) => {
      faults.openDoor(['generate-operation-token']);
      return faults.closeDoorButOne();
    }),
  ],
  cancelByAnother: [fault('somebody else cancels', ({ faults }) => faults.cancelByAnother())],
  startByAnother: [
    fault('somebody else starts an attempt', ({ faults }) => faults.startByAnother()),
  ],
  giveElsewhere: [fault('a share is given elsewhere', ({ faults }) => faults.giveElsewhere())],
  lag: [
    fault(
      'merkle-sync, far behind',
      ({ faults }) => faults.lag('merkle-sync', 5_000),
      ({ faults }) => faults.catchUp(),
    ),
  ],
  primaryWrites: [fault('the primary writes', ({ faults }) => faults.primaryWrites(5))],
  lagGrows: [fault('the lag grows', ({ faults }) => faults.lagGrows(500))],
  catchUp: [
    fault('the lag grows and is made up', ({ faults }) => {
      faults.lagGrows(500);
      faults.catchUp();
    }),
  ],
  connectionLost: [
    fault(
      'nothing passes between the clusters',
      ({ faults }) => faults.connectionLost(),
      ({ faults }) => faults.connectionBack(),
    ),
  ],
  connectionBack: [
    fault('nothing passed between the clusters for a moment', ({ faults }) => {
      faults.connectionLost();
      faults.connectionBack();
    }),
  ],
  promoteRefuses: [
    fault('promote is refused once: still catching up', ({ faults }) =>
      faults.promoteRefuses({ times: 1 }),
    ),
  ],
  reset: [
    fault('every fault is taken back at once', async ({ faults }) => {
      faults.seal();
      await faults.reset();
    }),
  ],
};

/** One row of the matrix each. */
export const practiceFaults: readonly Fault[] = Object.values(byName).flat();
