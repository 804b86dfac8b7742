import { randomBytes, X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import type {
  PracticeChoice,
  PracticeFault,
  practiceStatusSchema,
} from '../../shared/contract/guide.ts';
import {
  digestSchema,
  profileIdSchema,
  type NodeAddress,
  type ProfileId,
} from '../../shared/ids.ts';
import { readPracticeAccess, type PracticeAccess } from '../../shared/practice-access.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Neighbour, Profile } from '../../shared/profile.ts';
import type { Secret } from '../../shared/secret.ts';
import type { WayBack } from '../../shared/way-back.ts';
import { PracticeSite } from '../practice/site.ts';

type Status = z.infer<typeof practiceStatusSchema>;

/** A site, its profile, and once it is asked for the profile of the other direction. */
interface Running {
  readonly site: PracticeSite;
  readonly profile: Profile;
  readonly back: Profile | undefined;
  readonly choice: PracticeChoice;
}

/** The practice site of this run, and the profile people see of it. */
export class PracticeDesk {
  #running: Running | undefined;
  #guest: PracticeAccess | undefined;
  readonly #onChange: (status: Status) => void;

  constructor(onChange: (status: Status) => void) {
    this.#onChange = onChange;
  }

  /** Its own site and the way back of it, and another Keyturn's that it takes part in. */
  get profiles(): readonly Profile[] {
    const { profile, back } = this.#running ?? {};
    return [profile, back, this.#guest?.profile].filter((one) => one !== undefined);
  }

  /** What the practice clusters behind this CA ask for; `undefined` where they are not known any more. */
  certificateFor({ tls }: Pick<Profile, 'tls'>): PracticeSite['clientCertificate'] | undefined {
    if (this.#running?.site.caPem === tls.caPem) return this.#running?.site.clientCertificate;
    return this.#guest?.profile.tls.caPem === tls.caPem ? this.#guest?.certificate : undefined;
  }

  status(): Status {
    const guest = this.#guest ? { guest: this.#guest.profile } : {};
    if (!this.#running) return { running: false, ...guest };
    const { profile, back, choice } = this.#running;
    return { running: true, profile, ...(back ? { back } : {}), choice, ...guest };
  }

  /**
   * Keeps the profile of the other direction; it ends with the site.
   *
   * @param id of the one whose pins it brings up to date; absent: it is a new one.
   */
  keepWayBack({ draft, pins, id }: WayBack & { readonly id: ProfileId | undefined }): Profile {
    const running = this.#running;
    if (!running) throw notRunning;
    const made: Profile = {
      ...draft,
      id: id ?? newProfileId(),
      kind: 'practice',
      ...(pins ? { pins } : {}),
    };
    this.#running =
      running.profile.id === id ? { ...running, profile: made } : { ...running, back: made };
    this.#onChange(this.status());
    return made;
  }

  /** For another Keyturn on this machine. @throws Trouble `practice.not-running`. */
  access(): Pick<PracticeAccess, 'profile' | 'certificate'> {
    const certificate = this.#site().clientCertificate;
    if (!this.#running) throw notRunning;
    return { profile: this.#running.profile, certificate };
  }

  /**
   * Takes part in the practice of another Keyturn on this machine, until `leave` or the end of this run.
   *
   * @throws Trouble `input.invalid` for what leads to no practice clusters here, or to our own.
   */
  join(bytes: Uint8Array): Profile {
    const access = readPracticeAccess(bytes);
    if (!access) throw new Trouble(noAccess);
    if (access.profile.id === this.#running?.profile.id) throw new Trouble(ownAccess);
    this.#guest = access;
    this.#onChange(this.status());
    return access.profile;
  }

  leave(): void {
    this.#guest = undefined;
    this.#onChange(this.status());
  }

  /** What the site was asked, oldest first. */
  get requests(): PracticeSite['requests'] {
    return this.#running?.site.requests ?? [];
  }

  /** The envelope at this place as a share encrypted to its holder, base64. 0-based. */
  encryptedEnvelope(place: number, publicKey: string): Promise<string> {
    return this.#site().encryptedEnvelope(place, publicKey);
  }

  /** Starts a fresh site, its primary gone or alive as chosen; one that is running is stopped first. */
  async start(choice: PracticeChoice): Promise<Status> {
    await this.stop();
    const site = await PracticeSite.start({
      shares: choice.shares,
      threshold: choice.threshold,
      outageMs: choice.outageSeconds * 1000,
      version: choice.version,
      performanceSecondary: choice.performanceSecondary ?? false,
    });
    if (choice.primary === 'gone') await site.faults.primaryDown();
    const profile: Profile = {
      id: newProfileId(),
      kind: 'practice',
      name: 'Practice DR',
      colour: 'slate',
      nodes: [...site.nodes],
      primaryNodes: [site.primary],
      clientAddress: site.loadBalancer,
      ...(site.performance === undefined
        ? {}
        : { others: [performanceSecondary(site.performance.node)] }),
      seal: 'shamir',
      tls: { caPem: site.caPem },
      // As if it had been tested in daylight: that is how a real night should begin.
      pins: {
        at: new Date().toISOString(),
        rootFingerprint: fingerprintOf(site.caPem),
        clusterId: site.clusterId,
        secondaryId: site.secondaryId,
      },
    };
    this.#running = { site, profile, back: undefined, choice };
    this.#onChange(this.status());
    return this.status();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.site.stop();
    if (running) this.#onChange(this.status());
  }

  /** Whether the envelopes of this profile's clusters are here: not of another Keyturn's practice. */
  hasEnvelopes(id: ProfileId): boolean {
    const { profile, back } = this.#running ?? {};
    return profile?.id === id || back?.id === id;
  }

  /**
   * What the holder at this place of the roster would have brought on paper. 0-based.
   *
   * @throws Trouble `practice.not-running` where the profile's clusters do not run in this Keyturn.
   */
  envelope(id: ProfileId, place: number): Secret<'share'> {
    if (!this.hasEnvelopes(id))
      throw id === this.#guest?.profile.id ? envelopesElsewhere : notRunning;
    return this.#site().envelope(place).share;
  }

  /** The practice primary's root token: what an operator of a real one would bring. */
  get rootToken(): Secret<'vault-token'> {
    return this.#site().rootToken;
  }

  /** A root token of the performance secondary, where there is one: the primary's is worth nothing there. */
  get performanceRootToken(): Secret<'vault-token'> | undefined {
    return this.#site().performance?.rootToken;
  }

  /** What the site handed out in this run. For the line a rehearsal prints, and nothing else. */
  get secrets(): {
    readonly shares: readonly Secret<'share'>[];
    readonly minted: PracticeSite['minted'];
  } {
    const site = this.#site();
    return { shares: site.shares, minted: site.minted };
  }

  /** The token of the practice primary's operator. @throws Trouble `practice.not-running` for any other cluster. */
  operatorToken(profile: ProfileId): Secret<'vault-token'> {
    if (!this.profiles.some(({ id }) => id === profile)) throw notRunning;
    return this.#site().rootToken;
  }

  async fault(fault: PracticeFault): Promise<void> {
    const { faults } = this.#site();
    switch (fault) {
      case 'drop-next-reply':
        return faults.dropNext('update', 'after');
      case 'restart-active-node':
        return faults.restartActive();
      case 'change-leader':
        return faults.changeLeader();
      case 'bring-leader-back':
        return faults.bringBackLeader();
      case 'cancelled-by-another':
        return faults.cancelByAnother();
      case 'started-by-another':
        await faults.startByAnother();
        return;
      case 'share-given-elsewhere':
        return faults.giveElsewhere();
      case 'promote-refused-once':
        return faults.promoteRefuses({ times: 1 });
      case 'seal-active-node': {
        faults.seal();
        return;
      }
      case 'unseal-all':
        return faults.unseal();
      case 'primary-comes-back':
        return faults.primaryUp();
      case 'primary-goes':
        return faults.primaryDown();
      case 'door-opened':
        return faults.openDoor();
      case 'door-closed':
        return faults.closeDoor();
      case 'lag-grows':
        return faults.lagGrows(500);
      case 'lag-catches-up':
        return faults.catchUp();
      case 'connection-lost':
        return faults.connectionLost();
      case 'connection-back':
        return faults.connectionBack();
      case 'clock-wrong':
        return faults.serverClock(3_600_000);
      case 'door-closed-but-one': {
        faults.closeDoorButOne();
        return;
      }
    }
  }

  #site(): PracticeSite {
    if (this.#running) return this.#running.site;
    throw notRunning;
  }
}

const performanceSecondary = (node: NodeAddress): Neighbour => ({
  name: 'Practice performance',
  colour: 'blue',
  role: 'performance-secondary',
  nodes: [node],
});

const newProfileId = (): ProfileId =>
  profileIdSchema.parse(`practice-${randomBytes(4).toString('hex')}`);

const fingerprintOf = (pem: string) =>
  digestSchema.parse(new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase());

const noAccess: Problem = {
  code: 'input.invalid',
  known: 'This does not lead to practice clusters on this machine.',
  safe: 'No cluster was added, and nothing was connected to.',
  next: 'Make the access anew on the laptop where the practice clusters run.',
};

const envelopesElsewhere = new Trouble({
  code: 'practice.not-running',
  known: 'The practice envelopes are in the Keyturn where the practice clusters run.',
  safe: 'Nothing was changed.',
  next: 'Give the share as it stands in the envelope there, or have one made as a PGP share.',
});

const ownAccess: Problem = {
  code: 'input.invalid',
  known: 'These are the practice clusters that run in this Keyturn itself.',
  safe: 'Nothing was changed.',
  next: 'Read the access in the other Keyturn, which is to take part.',
};

const notRunning = new Trouble({
  code: 'practice.not-running',
  known: 'The practice clusters are not running.',
  safe: 'Nothing was changed.',
  next: 'Start a practice from Home.',
});
