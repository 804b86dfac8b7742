import type { Cluster } from '../../shared/ceremony/events.ts';
import type { Comparison } from '../../shared/ceremony/lag.ts';
import type { NodeAddress, ProfileId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Neighbour, Profile } from '../../shared/profile.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Settings } from '../settings.ts';
import { isWayBackOf, wayBackOf } from '../../shared/way-back.ts';
import type { ConnectOptions } from '../ceremony/room.ts';
import { Connection } from '../vault/connection.ts';
import type { PracticeDesk } from './practice-desk.ts';

/** Every cluster the app may speak to: the saved profiles, and the practice site while it runs. */
export class Clusters {
  readonly #settings: Settings;
  readonly #practice: PracticeDesk;
  readonly #allowReal: boolean;
  /** Operators' Vault tokens, in memory only: gone on lock and on quit. */
  readonly #tokens = new Map<ProfileId, { token: Secret<'vault-token'>; enteredAt: string }>();
  readonly #compared = new Map<ProfileId, Comparison>();

  constructor(settings: Settings, practice: PracticeDesk, allowReal: boolean) {
    this.#settings = settings;
    this.#practice = practice;
    this.#allowReal = allowReal;
  }

  list(): Profile[] {
    return [...this.#settings.listProfiles(), ...this.#practice.profiles];
  }

  /** @throws Trouble `profile.unknown`, `practice.not-running`. */
  profile(id: ProfileId): Profile {
    const practice = this.#practice.profiles.find((one) => one.id === id);
    if (practice) return practice;
    if (id.startsWith('practice-')) throw new Trouble(practiceOver);
    return this.#settings.profile(id);
  }

  cluster(id: ProfileId): Cluster {
    const {
      id: profileId,
      kind,
      name,
      colour,
      nodes,
      primaryNodes,
      seal,
      pins,
      rules,
    } = this.profile(id);
    return {
      profileId,
      kind,
      name,
      colour,
      nodes,
      primaryNodes,
      seal,
      ...(pins ? { pins } : {}),
      ...(rules ? { rules } : {}),
    };
  }

  /** @throws Trouble `profile.real-refused` on a host that is for rehearsal, and what the adapter throws. */
  async connect(
    profile: ProfileId | Omit<Profile, 'id'>,
    options: ConnectOptions = {},
  ): Promise<Connection> {
    const found = typeof profile === 'string' ? this.profile(profile) : profile;
    if (found.kind === 'practice') {
      const clientCertificate = this.#practice.certificateFor(found);
      if (!clientCertificate) throw new Trouble(practiceOver);
      return Connection.open(found, { ...options, clientCertificate });
    }
    if (!this.#allowReal) throw new Trouble(realRefused);
    return Connection.open(found, options);
  }

  /** What a failover leaves standing, and the address that clients use. */
  site(id: ProfileId): { clientAddress?: NodeAddress; others: readonly Neighbour[] } {
    const { clientAddress, others } = this.profile(id);
    return { others: others ?? [], ...(clientAddress ? { clientAddress } : {}) };
  }

  /**
   * To the address that clients use. A load balancer may show a certificate of its own: the CA of
   * the profile must stand behind it, the pin of the nodes is not asked for.
   *
   * @throws Trouble `profile.invalid` where the profile names none.
   */
  connectToClients(id: ProfileId, options: ConnectOptions = {}): Promise<Connection> {
    const { id: _, pins: _pins, ...profile } = this.profile(id);
    if (!profile.clientAddress) throw new Trouble(noClientAddress);
    return this.connect({ ...profile, nodes: [profile.clientAddress] }, options);
  }

  /** The profile of the same site the other way round, where there is one. */
  wayBack(id: ProfileId): Profile | undefined {
    const profile = this.profile(id);
    return this.list().find((one) => isWayBackOf(one, profile));
  }

  /**
   * The profile of the other direction: the one there is, or one made from this.
   *
   * @param secondaryId the name that the new primary knows the old one by, where it gave one: it is
   *   pinned, also in a profile that is there already.
   * @throws Trouble `profile.invalid` where no node of the primary is described, `settings.*`.
   */
  makeWayBack(id: ProfileId, secondaryId: string | undefined): Profile {
    const profile = this.profile(id);
    const made = wayBackOf(profile, secondaryId);
    if (!made) throw new Trouble(noPrimaryNodes);
    const there = this.wayBack(id);
    if (profile.kind === 'practice')
      return there && there.pins?.secondaryId === secondaryId
        ? there
        : this.#practice.keepWayBack({ ...made, id: there?.id });
    const kept = there ?? this.#settings.saveProfile(made.draft);
    const known = kept.pins;
    if (there && (!secondaryId || !known || known.secondaryId === secondaryId)) return kept;
    const pins = there && known && secondaryId ? { ...known, secondaryId } : made.pins;
    return pins ? this.#settings.setPins(kept.id, pins) : kept;
  }

  lastComparison(id: ProfileId): Comparison | undefined {
    return this.#compared.get(id) ?? this.profile(id).lastComparison;
  }

  /** The practice site's ends with it; a profile's is kept with its pins. */
  keepComparison(id: ProfileId, read: Comparison): void {
    this.#compared.set(id, read);
    if (this.profile(id).kind !== 'real') return;
    try {
      this.#settings.setLastComparison(id, read);
    } catch {
      // A full disk must not end a preflight: it is known in this run, and read again by the next.
    }
  }

  vaultToken(id: ProfileId): Secret<'vault-token'> | undefined {
    return this.#tokens.get(id)?.token;
  }

  /** When the one in memory was entered; `undefined`: none is. */
  vaultTokenEnteredAt(id: ProfileId): string | undefined {
    return this.#tokens.get(id)?.enteredAt;
  }

  keepVaultToken(id: ProfileId, token: Secret<'vault-token'>): void {
    this.#tokens.set(id, { token, enteredAt: new Date().toISOString() });
  }

  forgetVaultTokens(): void {
    this.#tokens.clear();
  }
}

const noClientAddress = {
  code: 'profile.invalid',
  known: 'The profile does not name the address that clients use.',
  safe: 'Nothing was connected to.',
  next: 'Add it to the profile, then ask again.',
} as const;

const noPrimaryNodes = {
  code: 'profile.invalid',
  known:
    'The profile has no address of the primary, so there is nothing that could be promoted back.',
  safe: 'No profile was made.',
  next: 'Add the nodes of the old primary to the profile under Clusters, then ask again.',
} as const;

const practiceOver = {
  code: 'practice.not-running',
  known: 'The practice clusters of this ceremony ended when the app was closed.',
  safe: 'They were made up for practice: nothing real is open anywhere.',
  next: 'End this ceremony, and start a new practice from Home.',
} as const;

const realRefused = {
  code: 'profile.real-refused',
  known:
    'This is the rehearsal host (Chromium), which does not connect to a real cluster unless it is told to.',
  safe: 'Nothing was connected to.',
  next: 'Use the packaged app for a real cluster, or start with --allow-real-cluster and accept that content protection and the locked-down window are missing.',
} as const;
