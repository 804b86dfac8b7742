import type { PracticeFaults, PracticeSite } from '../../electron/practice/site.ts';
import type { RequestKind } from '../../electron/practice/request.ts';
import type { NodeAddress } from '../../shared/ids.ts';

/** Whom a fault is meant for, at the step that is about to be taken. */
export interface Target {
  readonly site: PracticeSite;
  readonly faults: PracticeFaults;
  /** The one that the step talks to: of the DR secondary the node that leads, or the primary's. */
  readonly node: NodeAddress;
  readonly primaryAlive: boolean;
}

/** The one call that a fault waits for. */
export interface Aimed {
  readonly kind: RequestKind;
  readonly node: NodeAddress;
}

/** In `title`, for the document: what happens, in the site's own words. */
export type Fault =
  | {
      readonly meets: 'a state';
      readonly title: string;
      readonly strike: (target: Target) => unknown;
      /** What somebody sees to before people go on. Absent: it passes, or they go on with it. */
      readonly mend?: (target: Target) => unknown;
    }
  /** It can meet a step only where the step sends something. */
  | {
      readonly meets: 'a call';
      readonly title: string;
      readonly strike: (faults: PracticeFaults, aim: Aimed) => unknown;
    };

type StateFault = Extract<Fault, { meets: 'a state' }>;
type CallFault = Extract<Fault, { meets: 'a call' }>;

const hour = 3_600_000;
const fault = (
  title: string,
  strike: StateFault['strike'],
  mend?: StateFault['mend'],
): StateFault => ({ meets: 'a state', title, strike, ...(mend ? { mend } : {}) });
const onCall = (title: string, strike: CallFault['strike']): CallFault => ({
  meets: 'a call',
  title,
  strike,
});
const certificate = (kind: 'expired' | 'not-yet-valid' | 'other-ca' | 'other-name'): StateFault =>
  fault(
    `certificate ${kind}`,
    ({ faults }) => faults.certificate(kind),
    ({ faults }) => faults.certificate('good'),
  );
const unseal: StateFault['mend'] = ({ faults, node }) => {
  faults.unseal();
  faults.unseal(node);
};

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
    onCall('connection drops before the call', (faults, { kind, node }) =>
      faults.dropNext(kind, 'before', { node }),
    ),
    onCall('connection drops after the call', (faults, { kind, node }) =>
      faults.dropNext(kind, 'after', { node }),
    ),
  ],
  redirectNext: [
    onCall('307 to another host', (faults, aim) =>
      faults.redirectNext({ ...aim, to: 'https://127.0.0.1:9' }),
    ),
  ],
  rateLimitNext: [onCall('429', (faults, aim) => faults.rateLimitNext(aim))],
  halfAnswer: [onCall('half an answer', (faults, aim) => faults.halfAnswer(aim))],
  slow: [onCall('an answer drop by drop', (faults, aim) => faults.slow(400, aim))],
  notVault: [
    onCall('a login page', (faults, aim) => faults.notVault(200, aim)),
    onCall('a proxy’s 502', (faults, aim) => faults.notVault(502, aim)),
  ],
  hugeAnswer: [onCall('an answer of 2 MB', (faults, aim) => faults.hugeAnswer(2_000_000, aim))],
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
