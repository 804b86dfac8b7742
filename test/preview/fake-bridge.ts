import type { z } from 'zod';
import type { Bridge } from '../../shared/contract/define.ts';
import {
  guide,
  type appInfoSchema,
  type ceremonyLineSchema,
  type testReportSchema,
} from '../../shared/contract/guide.ts';
import type { otherRecordLineSchema } from '../../shared/contract/other-records.ts';
import type { setupLookSchema, shiftViewSchema } from '../../shared/contract/shift.ts';
import { ceremonyIdSchema, nodeAddressSchema } from '../../shared/ids.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import type { profileSchema } from '../../shared/profile.ts';
import { qrSvg } from '../../electron/records/qr.ts';
import { deskViews, holderViews } from './desk.ts';
import { profilesFor, readingFor } from './sites.ts';
import { expiredLeaf, recordsOf, sceneId, scenes, type Scene } from './scenes.ts';

/*
 * Stands where main would stand, so that every state of the guide can be looked at without one.
 * The page's query chooses: `?home=…` what Home finds, `?scene=…` which ceremony is unfinished.
 */
const query = new URLSearchParams(location.search);
const home = query.get('home') ?? 'usual';
const scene = scenes.find(({ name }) => name === query.get('scene'));
const past: Scene | undefined = scenes.find(({ name }) => name === 'ended-closed');

type InfoDraft = z.input<typeof appInfoSchema>;
type LineDraft = z.input<typeof ceremonyLineSchema>;
type ProfileText = z.input<typeof profileSchema>;

const keychains: Readonly<Record<string, InfoDraft['keychain']>> = {
  locked: { state: 'locked', todo: 'Unlock the login keyring, then check again.' },
  absent: {
    state: 'absent',
    todo: 'No secret service answers on this machine. On Debian: apt install gnome-keyring.',
  },
  memory: { state: 'memory' },
};

const info: InfoDraft = {
  version: '0.1.0',
  host: 'chromium',
  hostNote:
    home === 'closed'
      ? 'This is the Chromium host, for development, rehearsal and tests. It opens no real cluster unless it was started with --allow-real-clusters.'
      : 'Content protection and the application menu exist in Electron only.',
  realClustersAllowed: home !== 'closed',
  temporaryKeyring: home === 'closed',
  dataFolder: '/home/robin/.local/share/keyturn',
  folderDialog: home === 'dialog',
  keychain: keychains[home] ?? { state: 'working', backend: 'Secret Service' },
  notices:
    home === 'closed'
      ? [
          {
            what: 'The settings file was not readable, so Keyturn started with empty settings.',
            keptAs: '/home/robin/.config/keyturn/settings.json.2026-11-23.unreadable',
          },
        ]
      : [],
  theme: 'system',
};

const pins = {
  at: '2026-09-14T09:12:44.000Z',
  rootFingerprint: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
  clusterId: '9a6bbf0e-7f0f-4d0d-8d24-1c5a4f0b2c11',
  secondaryId: 'dr-frankfurt',
};
const pem = `-----BEGIN CERTIFICATE-----\n${'MIIB'.repeat(40)}\n-----END CERTIFICATE-----`;
const frankfurt: ProfileText = {
  id: 'payments-frankfurt',
  kind: 'real',
  name: 'payments-frankfurt',
  colour: 'violet',
  nodes: [1, 2, 3].map((n) => `https://vault-dr-${n}.example.net:8200`),
  primaryNodes: ['https://vault-a-1.example.net:8200'],
  seal: 'auto-unseal',
  tls: { caPem: pem },
  pins,
};
const dublin: ProfileText = {
  id: 'identity-dublin',
  kind: 'real',
  name: 'identity-dublin',
  colour: 'amber',
  nodes: ['https://10.20.0.11:8200'],
  primaryNodes: [],
  seal: 'shamir',
  tls: {},
};
const practice: ProfileText = {
  ...dublin,
  id: 'practice-1',
  kind: 'practice',
  name: 'Practice',
  colour: 'slate',
};
const siteScene = query.get('site') ?? 'fine';
const profiles = home === 'empty' ? [] : profilesFor(siteScene, [frankfurt, dublin]);

const unfinished: LineDraft = {
  kind: 'readable',
  purpose: 'dr-operation-token',
  id: sceneId,
  cluster: scene?.name.includes('practice') ? 'Practice' : 'payments-frankfurt',
  practice: scene?.name.includes('practice') ?? false,
  openedAt: '2026-11-23T03:15:00.000Z',
  lastAt: '2026-11-23T03:31:20.000Z',
  phase: 'collecting',
  promoted: false,
  openItems: 0,
  people: ['Robin', 'Wanda', 'Ana', 'Chidi', 'Emil'],
};
const pastLines: LineDraft[] = [
  {
    ...unfinished,
    id: '20260914-091500-0a1b2c3d',
    openedAt: '2026-09-14T09:15:00.000Z',
    lastAt: '2026-09-14T09:52:00.000Z',
    phase: 'ended',
    outcome: 'closed',
    promoted: true,
    openItems: 1,
  },
  {
    ...unfinished,
    id: '20260601-140000-0a1b2c3d',
    cluster: 'Practice',
    practice: true,
    openedAt: '2026-06-01T14:00:00.000Z',
    lastAt: '2026-06-01T14:20:00.000Z',
    phase: 'ended',
    outcome: 'cancelled',
  },
  {
    kind: 'unreadable',
    name: '20260312-101010-77aa00ff.jsonl',
    reason:
      'Line 14 does not carry the hash of line 13: the file was changed after it was written.',
  },
];
const lines: LineDraft[] = [
  ...(scene || home === 'unfinished' ? [unfinished] : []),
  ...(home === 'empty' ? [] : pastLines),
];

const timeout: Problem = {
  code: 'vault.timeout',
  known: 'https://vault-dr-3.example.net:8200 did not answer within 8 seconds.',
  safe: 'Nothing was changed.',
  next: 'Check that the address is right and that nothing on the way drops the connection.',
};
const driveFull: Problem = {
  code: 'export.disk-full',
  known: 'The drive is full: the record was not exported.',
  safe: 'Nothing was left there, and the record itself was not touched.',
  next: 'Free some space on it, or choose another folder.',
  facts: { folder: '/media/robin/full/20260914-091500-0a1b2c3d', code: 'ENOSPC' },
};
const report: z.input<typeof testReportSchema> = {
  nodes: [
    {
      node: 'https://vault-dr-1.example.net:8200',
      answered: true,
      version: '1.17.3+ent',
      mode: 'secondary',
      sealed: false,
      leads: true,
      certificateUntil: '2027-04-02T00:00:00.000Z',
    },
    { node: 'https://vault-dr-3.example.net:8200', answered: false, problem: timeout },
  ],
  findings: [
    {
      id: 'dr-secondary',
      level: 'ok',
      what: 'The cluster is a DR secondary.',
      why: 'Only a DR secondary can be promoted.',
      todo: 'Nothing.',
    },
    {
      id: 'reachable',
      level: 'warning',
      what: 'One of two nodes does not answer.',
      why: 'If it leads on the night, the attempt has to be started there.',
      todo: 'Look at it in daylight, or take it off the list.',
      node: 'https://vault-dr-3.example.net:8200',
    },
  ],
  pins: home === 'mismatch' ? { ...pins, secondaryId: 'dr-oslo', clusterId: '0000-other' } : pins,
};

const listeners = new Map<string, Set<(payload: unknown) => void>>();
const push = (name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
};

let practiceRunning = home === 'practising';
const practiceStatus = () =>
  practiceRunning
    ? {
        running: true,
        profile: practice,
        choice: { shares: 5, threshold: 3, outageSeconds: 20, version: '2.0.1', primary: 'gone' },
      }
    : { running: false };

const soon = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const shiftView: z.input<typeof shiftViewSchema> = {
  profileId: frankfurt.id,
  cluster: frankfurt.name,
  colour: frankfurt.colour,
  practice: false,
  vaultToken: true,
  shift: {
    id: '20261123-200000-0a1b2c3d',
    operator: 'Robin',
    openedAt: soon(-380),
    names: { policy: 'dr-secondary-promotion', role: 'failover-handler' },
    setup: {
      policy: { at: soon(-1), name: 'dr-secondary-promotion', found: true, differences: [] },
    },
    openItems: [],
  },
  tokens: [
    {
      about: {
        id: '0123456789ab',
        profileId: frankfurt.id,
        label: 'Night of 23 November',
        source: 'issued',
        issuedAt: soon(-375),
        expiresAt: soon(105),
        policies: ['default', 'dr-secondary-promotion'],
      },
      checked: { at: soon(-375), node: frankfurt.primaryNodes[0] ?? '', doubts: [] },
      tried: {
        at: soon(-375),
        result: 'not-proved',
        says: 'Vault 1.17.3+ent with the storage “consul” has no harmless call that needs the token.',
      },
    },
  ],
};
const setupLook: z.input<typeof setupLookSchema> = {
  name: 'failover-handler',
  found: true,
  differences: ['Its tokens are not orphans: they would not work on the DR secondary.'],
  wanted: '{\n  "orphan": true\n}\n',
  diff: [
    { kind: 'same', text: '{' },
    { kind: 'there', text: '  "orphan": false,' },
    { kind: 'wanted', text: '  "orphan": true,' },
    { kind: 'same', text: '}' },
  ],
  seen: pins.rootFingerprint,
};
const otherLines: z.input<typeof otherRecordLineSchema>[] = [
  {
    kind: 'readable',
    id: '20261122-200000-0a1b2c3d',
    noun: 'Shift',
    cluster: frankfurt.name,
    practice: false,
    openedAt: '2026-11-22T20:00:00.000Z',
    lastAt: '2026-11-23T04:00:00.000Z',
    headline: 'The shift of Wanda was handed over to Robin.',
    ended: true,
    openItems: 0,
    people: ['Wanda', 'Robin'],
  },
];

type Answer = (payload: unknown) => unknown;
const answers: Partial<Record<keyof (typeof guide)['calls'], Answer>> = {
  'app.info': () => info,
  'app.probe-keychain': () => info.keychain,
  'app.self-test': () => ({
    at: '2026-11-23T03:15:00.000Z',
    verdict: 'amber',
    clustersAsked: false,
    checks: [
      {
        id: 'keychain',
        level: 'ok',
        what: 'The Secret Service (gnome-keyring-daemon) took, gave back and removed an entry.',
        todo: '',
      },
      {
        id: 'swap',
        level: 'warning',
        what: 'Memory may be written to swap that is not known to be encrypted (/dev/sda2).',
        todo: 'Switch swap off for the ceremony (Linux: swapoff -a), or encrypt it.',
      },
      {
        id: 'screen-lock',
        level: 'unknown',
        what: 'Whether the screen locks by itself could not be read from this session.',
        todo: 'Look in the system’s settings, or lock it by hand whenever the room is left.',
      },
    ],
  }),
  'app.use-memory-keychain': () => ({ state: 'memory' }),
  'profiles.list': () => profiles,
  'profiles.save': () => frankfurt,
  'profiles.pin': () => frankfurt,
  'profiles.test': () => report,
  'profiles.from-environment': () => ({
    draft: {
      nodes: ['https://vault-dr-1.example.net:8200'],
      tls: { serverName: 'vault.example.net' },
    },
    notices: [{ what: 'VAULT_TOKEN: not read. A token is asked for when it is needed.' }],
  }),
  'profiles.read-address': (payload) => readAddress(payload),
  'topology.watch': (payload) => {
    const { sites } = guide.calls['topology.watch'].request.parse(payload);
    return sites.flatMap(({ profileId }) => {
      const place = profiles.findIndex(({ id }) => id === profileId);
      const profile = profiles[place];
      return profile ? [readingFor(siteScene, profile, place)] : [];
    });
  },
  'practice.status': practiceStatus,
  'practice.start': () => {
    practiceRunning = true;
    push('practice.changed', practiceStatus());
    return practiceStatus();
  },
  'practice.stop': () => {
    practiceRunning = false;
    push('practice.changed', practiceStatus());
  },
  'ceremony.list': () => lines,
  'ceremony.open': () => ({ id: sceneId }),
  'ceremony.vault-token': () => ({}),
  'ceremony.batch-tokens': () => [
    { id: '0123456789ab', label: 'Night shift', expiresAt: '2026-11-23T06:00:00.000Z' },
    { id: 'ba9876543210', label: 'Late shift', expiresAt: '2026-11-23T04:30:00.000Z' },
  ],
  'ceremony.read': (payload) => readCeremony(payload),
  'records.export': (payload) => {
    const { folder = '/media/robin/usb' } = guide.calls['records.export'].request.parse(payload);
    if (folder.includes('full')) throw new Refused(driveFull);
    return {
      kind: 'exported',
      folder: `${folder}/20260914-091500-0a1b2c3d`,
      files: ['record.jsonl', 'report.html', 'report.pdf'],
    };
  },
  'records.delete': () => undefined,
  'records.others': () => otherLines,
  'desk.view': () => deskViews[query.get('desk') ?? 'empty'],
  'holder.view': () => holderViews[query.get('holder') ?? 'empty'],
  'holder.look': () => undefined,
  'holder.clear': () => undefined,
  'desk.clear': () => undefined,
  'desk.note': () => undefined,
  'parcel.invite': () => ({
    parcel: '0123456789abcdef',
    expiresAt: '2026-11-23T07:15:00.000Z',
    signer: deskViews['good']?.invitation?.signer,
  }),
  'pgp.gpg-keys': () => [
    { fingerprint: 'ab12'.repeat(10), userIds: ['Nadia Stern <nadia@example.net>'], onCard: true },
    { fingerprint: 'cd34'.repeat(10), userIds: ['Wim de Vries <wim@example.net>'], onCard: false },
  ],
  'parcel.show': () => ({
    title: 'The sealed share of Ana',
    pictures: ['KT1/S/0123456789ABCDEF/1/2', 'KT1/S/0123456789ABCDEF/2/2'].map(qrSvg),
    folderDialog: false,
  }),
  'shift.overview': () => ({
    notifies: home !== 'closed',
    clusters: home === 'empty' ? [] : [shiftView],
  }),
  'shift.view': () => shiftView,
  'shift.look': () => setupLook,
  'records.foreign': () => [],
  'records.signatures': () => [],
  'ceremony.expired': () => (scene?.name === 'expired-collecting' ? [expiredLeaf] : []),
  'ceremony.recheck': () => ({
    sentence: 'The same attempt is still open: the nonce is the same, and the progress is 2 of 3.',
  }),
};

function readAddress(payload: unknown): unknown {
  const { text } = guide.calls['profiles.read-address'].request.parse(payload);
  const address = nodeAddressSchema.safeParse(text);
  if (address.success) return address.data;
  throw new Refused({
    code: 'input.invalid',
    known: 'The address does not begin with https://, and Keyturn does not guess it.',
    safe: 'Nothing was connected to.',
    next: 'Give each node as https://host:port, for example https://vault-1.example.net:8200.',
  });
}

function readCeremony(payload: unknown): unknown {
  const { id } = guide.calls['ceremony.read'].request.parse(payload);
  const wanted = id === ceremonyIdSchema.parse(sceneId) ? scene : past;
  return recordsOf(wanted ?? { name: 'none', events: [] }, new Date());
}

class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

const keyturn: Bridge = {
  async call(name, payload): Promise<Result<unknown>> {
    const answer = Object.entries(answers).find(([known]) => known === name)?.[1];
    try {
      return { ok: true, value: answer?.(payload) };
    } catch (thrown) {
      if (thrown instanceof Refused) return { ok: false, problem: thrown.problem };
      throw thrown;
    }
  },
  on(name, listener) {
    const those = listeners.get(name) ?? new Set();
    listeners.set(name, those.add(listener));
    return () => those.delete(listener);
  },
};
Object.defineProperty(window, 'keyturn', { value: keyturn });

// The pushes a scene brings along: a watch that reads, and work under way.
if (scene?.name.startsWith('watching') || scene?.name === 'alarm')
  setInterval(
    () =>
      push('watch.reading', {
        id: sceneId,
        at: new Date().toISOString(),
        nodes: [1, 2, 3].map((n) => ({
          node: `https://vault-dr-${n}.example.net:8200`,
          says: n === 3 ? 'DR secondary, standby' : 'unreachable',
          ...(n === 3 ? { mode: 'secondary' } : {}),
          active: false,
        })),
        primary: 'not-visible',
      }),
    500,
  );
