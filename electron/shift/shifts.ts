import type { Cluster } from '../../shared/ceremony/events.ts';
import type { CeremonyId, ProfileId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Secret } from '../../shared/secret.ts';
import {
  isExpired,
  type BatchTokenId,
  type KeptBatchToken,
} from '../../shared/shift/batch-token.ts';
import type { SetupPart, ShiftEvent } from '../../shared/shift/events.ts';
import { applyShift } from '../../shared/shift/fold.ts';
import { warningWords } from '../../shared/shift/sentences.ts';
import { usualNames, type SetupNames } from '../../shared/shift/setup.ts';
import type { ShiftState } from '../../shared/shift/state.ts';
import { dueWarning } from '../../shared/shift/warn.ts';
import type { BatchTokens } from '../keychain/batch-tokens.ts';
import { newRecordId } from '../transcript/record-id.ts';
import { RecordLog } from '../transcript/record-log.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore } from '../transcript/store.ts';
import type { Connection } from '../vault/connection.ts';
import { activePrimary, activeSecondary } from './clusters.ts';
import { issue, type IssueOrder } from './issue.ts';
import type { OpenShift } from './open-shift.ts';
import { proveOnPrimary, proveOnSecondary } from './prove.ts';
import { changedMeanwhile, lookAtSetup, writeSetup, type SetupLook } from './setup.ts';
import { VaultFailure } from '../vault/failure.ts';
import { problemOf } from '../../shared/problem.ts';

export interface ShiftsOptions {
  readonly store: JournalStore<ShiftEvent>;
  readonly signatures: Pick<RecordSignatures, 'sign'>;
  readonly tokens: BatchTokens;
  readonly appVersion: string;
  keychainBackend(): 'os' | 'memory';
  /** @throws Trouble `profile.unknown`, `practice.not-running`. */
  cluster(profile: ProfileId): Cluster;
  /** To the DR secondary and its primary, each held to its own CA. */
  connect(profile: ProfileId): Promise<Connection>;
  /** A notice for the desktop, where the host has one. */
  notify(notice: { readonly title: string; readonly body: string }): void;
  changed(): void;
  readonly now?: () => Date;
}

/** The shift desk: one open shift a cluster at most, each on a record of its own. */
export class Shifts {
  readonly #options: ShiftsOptions;
  readonly #now: () => Date;
  readonly #open = new Map<ProfileId, OpenShift>();
  /** The operators' own Vault tokens for the primary, in memory only. */
  readonly #vaultTokens = new Map<ProfileId, Secret<'vault-token'>>();

  constructor(options: ShiftsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** After a start: every shift that has not ended is open again, and says what became of its tokens. */
  async takeUp(): Promise<void> {
    const { store } = this.#options;
    for (const listed of await store.list()) {
      if (!listed.readable || listed.entries.length === 0) continue;
      if (listed.entries.at(-1)?.event.type === 'shift.ended') continue;
      // One record that cannot be gone on with keeps nobody from the others; Records lists it.
      await this.#takeUp(listed.id).catch(() => store.close(listed.id));
    }
    await this.look();
    this.#options.changed();
  }

  async #takeUp(id: CeremonyId): Promise<void> {
    const { journal, entries, recovered } = await this.#options.store.open(id);
    const log = new RecordLog(journal, entries, { apply: applyShift });
    const torn = recovered === undefined ? {} : { tornBytes: recovered.bytesCutOff };
    await log.append({ type: 'resumed', ...torn });
    const shift = { id, log };
    if (log.state.cluster.kind === 'practice') await this.#closePractice(shift);
    else this.#open.set(log.state.cluster.profileId, shift);
  }

  /** The shift of a cluster as it stands; `undefined` while nobody has it. */
  state(profile: ProfileId): ShiftState | undefined {
    return this.#open.get(profile)?.log.state;
  }

  /** Those in the keychain, whether somebody has the shift or not. @throws Trouble `keychain.*`. */
  kept(profile: ProfileId): Promise<readonly KeptBatchToken[]> {
    return this.#options.tokens.list(profile);
  }

  hasVaultToken(profile: ProfileId): boolean {
    return this.#vaultTokens.has(profile);
  }

  keepVaultToken(profile: ProfileId, token: Secret<'vault-token'>): void {
    this.#vaultTokens.set(profile, token);
    this.#options.changed();
  }

  /** On lock and on quit. */
  forgetVaultTokens(): void {
    this.#vaultTokens.clear();
    this.#options.changed();
  }

  /** Somebody takes the shift. @throws Trouble `rule.not-now` where somebody has it. */
  async open(profile: ProfileId, operator: string, follows?: ShiftState): Promise<void> {
    if (this.#open.has(profile)) throw taken;
    const { store, appVersion, tokens } = this.#options;
    const cluster = this.#options.cluster(profile);
    const held = await tokens.list(profile);
    const id = newRecordId(this.#now());
    const journal = await store.create(id);
    const log = new RecordLog(journal, [], { apply: applyShift });
    this.#open.set(profile, { id, log });
    await log.append({
      type: 'shift.opened',
      id,
      cluster,
      operator,
      appVersion,
      keychain: this.#options.keychainBackend(),
      ...(follows === undefined ? {} : { follows: follows.id }),
      tokens: [...held],
      names: follows?.names ?? usualNames,
    });
    this.#options.changed();
  }

  setNames(profile: ProfileId, names: SetupNames): Promise<void> {
    return this.#write(profile, { type: 'names.set', names });
  }

  note(profile: ProfileId, by: string, note: string): Promise<void> {
    return this.#write(profile, { type: 'note.added', by, note });
  }

  /** Compares the policy or the role with what is wanted. @throws Trouble `shift.*`, VaultFailure. */
  lookAtSetup(profile: ProfileId, part: SetupPart): Promise<SetupLook> {
    return this.#onPrimary(profile, async (node, token, { log }) => {
      const look = await lookAtSetup(part, { node, token, names: log.state.names });
      await this.#checked(log, part, look, node.address);
      return look;
    });
  }

  /** Writes it, where the primary still has what was seen. @throws Trouble `rule.not-now`, VaultFailure. */
  writeSetup(profile: ProfileId, part: SetupPart, seen: string, by: string): Promise<void> {
    return this.#onPrimary(profile, async (node, token, { log }) => {
      const asked = { node, token, names: log.state.names };
      const look = await lookAtSetup(part, asked);
      if (look.seen !== seen) throw changedMeanwhile;
      const what = { part, name: look.name };
      await log.append({ type: 'setup.write.intended', ...what, node: node.address, by });
      try {
        await writeSetup(part, asked);
      } catch (thrown) {
        const mayHaveArrived = !(thrown instanceof VaultFailure) || thrown.delivery === 'unknown';
        const problem = problemOf(thrown);
        await log.append({ type: 'setup.write.failed', part, problem, mayHaveArrived });
        throw thrown;
      }
      await log.append({ type: 'setup.written', ...what });
      await this.#checked(log, part, await lookAtSetup(part, asked), node.address);
    });
  }

  /** Issues a token, keeps it and proves it. @throws Trouble as `issue` does. */
  async issue(profile: ProfileId, order: IssueOrder): Promise<void> {
    const tools = { tokens: this.#options.tokens, now: this.#now };
    const id = await this.#onPrimary(profile, (node, token, shift) =>
      issue(shift, tools, node, token, order),
    );
    await this.prove(profile, id);
  }

  /**
   * Keeps a token from elsewhere, after asking the primary when it ends, where that answers.
   * @throws Trouble `keychain.*`, `rule.not-now`.
   */
  async keepPasted(
    profile: ProfileId,
    token: Secret<'batch-token'>,
    { label, by }: { readonly label: string; readonly by: string },
  ): Promise<void> {
    const { log } = this.#shift(profile);
    const issuedAt = this.#now().toISOString();
    const word = await this.#primarysWord(profile, token);
    const ttl = word?.facts?.ttlSeconds ?? 0;
    const about = await this.#options.tokens.keep(token, {
      profileId: profile,
      label,
      source: 'pasted',
      issuedAt,
      ...(ttl > 0 ? { expiresAt: new Date(Date.parse(issuedAt) + ttl * 1000).toISOString() } : {}),
      policies: [...(word?.facts?.policies ?? [])],
    });
    await log.append({ type: 'batch.pasted', about, by });
    await this.prove(profile, about.id);
  }

  /** Asks the primary, where it answers, and tries the token on the DR secondary. */
  async prove(profile: ProfileId, id: BatchTokenId): Promise<void> {
    const { log } = this.#shift(profile);
    const token = await this.#options.tokens.read(profile, id);
    if (token === undefined) {
      await this.look();
      throw noLongerKept;
    }
    const word = await this.#primarysWord(profile, token);
    if (word !== undefined)
      await log.append({
        type: 'batch.checked',
        token: id,
        node: word.node,
        doubts: [...word.doubts],
        ...(word.facts?.expireTime ? { expireTime: word.facts.expireTime.slice(0, 60) } : {}),
      });
    const connection = await this.#options.connect(profile);
    try {
      const node = await activeSecondary(connection, log.state.cluster.nodes);
      const tried =
        node === undefined
          ? {
              result: 'not-proved' as const,
              says: 'No node answers as the active one of the DR secondary.',
            }
          : await proveOnSecondary(node, token);
      await log.append({ type: 'batch.tried', token: id, ...tried });
    } finally {
      connection.close();
      this.#options.changed();
    }
  }

  /** Removes a token from this machine. Vault goes on taking it until it expires. */
  async forget(profile: ProfileId, id: BatchTokenId, by: string, why: string): Promise<void> {
    const { log } = this.#shift(profile);
    await this.#options.tokens.forget(profile, id);
    await log.append({ type: 'batch.forgotten', token: id, by, why });
    this.#options.changed();
  }

  /** The record of this shift ends, signed, and the next person's begins with the tokens that are left. */
  async handOver(profile: ProfileId, by: string, to: string): Promise<void> {
    const before = await this.#end(profile, { type: 'shift.ended', by, to });
    this.#vaultTokens.delete(profile);
    await this.open(profile, to, before);
  }

  /** Nobody goes on. What stays in the keychain becomes an open item of the record. */
  async end(profile: ProfileId, by: string): Promise<void> {
    await this.#end(profile, { type: 'shift.ended', by });
    this.#vaultTokens.delete(profile);
  }

  /** Compares the records with the keychain and the clock; gives the warnings that are due, each once. */
  async look(): Promise<void> {
    for (const [profile, shift] of [...this.#open]) await this.#lookAt(profile, shift);
  }

  async close(): Promise<void> {
    for (const { id } of this.#open.values()) await this.#options.store.close(id);
    this.#open.clear();
  }

  async #lookAt(profile: ProfileId, { log }: OpenShift): Promise<void> {
    const now = this.#now();
    for (const { about, warned } of log.state.tokens) {
      const warning = dueWarning(about, warned, now);
      if (warning === undefined) continue;
      await log.append({ type: 'batch.warned', token: about.id, warning });
      const { name, kind } = log.state.cluster;
      this.#options.notify({
        title: `${kind === 'practice' ? 'PRACTICE: ' : ''}${name}: batch token “${about.label}”`,
        body: `${sentenceCase(warningWords[warning])}. ${warning === 'expired' ? 'Issue another one while the primary is alive.' : 'Issue the next one before it ends.'}`,
      });
      this.#options.changed();
    }
    const held = log.state.tokens;
    if (held.length === 0) return;
    const there = new Set((await this.#options.tokens.list(profile)).map(({ id }) => id));
    for (const { about } of held.filter((token) => !there.has(token.about.id))) {
      const type = isExpired(about, now) ? 'batch.expired' : 'batch.missing';
      await log.append({ type, token: about.id });
      this.#options.changed();
    }
  }

  async #primarysWord(profile: ProfileId, token: Secret<'batch-token'>) {
    const { log } = this.#shift(profile);
    const connection = await this.#options.connect(profile);
    try {
      const node = await activePrimary(connection, log.state.cluster);
      return { node: node.address, ...(await proveOnPrimary(node, token, log.state.names)) };
    } catch (thrown) {
      // A primary that is gone is what batch tokens are for; the secondary is tried all the same.
      if (thrown instanceof Trouble) return undefined;
      throw thrown;
    } finally {
      connection.close();
    }
  }

  async #onPrimary<T>(
    profile: ProfileId,
    run: (
      node: Awaited<ReturnType<typeof activePrimary>>,
      token: Secret<'vault-token'>,
      shift: OpenShift,
    ) => Promise<T>,
  ): Promise<T> {
    const shift = this.#shift(profile);
    const token = this.#vaultTokens.get(profile);
    if (token === undefined) throw noVaultToken;
    const connection = await this.#options.connect(profile);
    try {
      const node = await activePrimary(connection, shift.log.state.cluster);
      return await run(node, token, shift);
    } finally {
      connection.close();
      this.#options.changed();
    }
  }

  async #checked(
    log: OpenShift['log'],
    part: SetupPart,
    look: SetupLook,
    node: Cluster['nodes'][number],
  ) {
    const { name, found, differences } = look;
    await log.append({
      type: 'setup.checked',
      part,
      name,
      node,
      found,
      differences: [...differences],
    });
  }

  async #end(profile: ProfileId, event: Extract<ShiftEvent, { type: 'shift.ended' }>) {
    const { id, log } = this.#shift(profile);
    await this.look();
    const state = await log.append(event);
    this.#open.delete(profile);
    await this.#options.store.close(id);
    this.#options.changed();
    // Signing needs the keychain; a record that could not be signed now is whole all the same.
    await this.#options.signatures.sign(id).catch(() => undefined);
    return state;
  }

  /** The practice clusters ended with the app: their tokens are worth nothing, and nobody goes on. */
  async #closePractice({ id, log }: OpenShift): Promise<void> {
    const { profileId } = log.state.cluster;
    for (const { about } of log.state.tokens) {
      await this.#options.tokens.forget(profileId, about.id);
      const why = 'The practice clusters ended with the app.';
      await log.append({ type: 'batch.forgotten', token: about.id, by: 'Keyturn', why });
    }
    await log.append({ type: 'shift.ended', by: 'Keyturn' });
    await this.#options.store.close(id);
  }

  async #write(profile: ProfileId, event: ShiftEvent): Promise<void> {
    await this.#shift(profile).log.append(event);
    this.#options.changed();
  }

  #shift(profile: ProfileId): OpenShift {
    const shift = this.#open.get(profile);
    if (shift === undefined) throw nobody;
    return shift;
  }
}

const sentenceCase = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const nobody = new Trouble({
  code: 'shift.unknown',
  known: 'Nobody has the shift of this cluster.',
  safe: 'Nothing was sent and nothing was changed.',
  next: 'Take the shift first: whoever looks after the tokens stands on the record.',
});

const taken = new Trouble({
  code: 'rule.not-now',
  known: 'Somebody has the shift of this cluster already.',
  safe: 'Nothing was changed.',
  next: 'Hand it over from that shift.',
});

const noVaultToken = new Trouble({
  code: 'shift.no-token',
  known:
    'Your own Vault token for the primary is not here: it is kept in memory only, until the screen is locked or Keyturn is closed.',
  safe: 'Nothing was sent.',
  next: 'Enter it, and do this step again.',
});

const noLongerKept = new Trouble({
  code: 'keychain.entry-missing',
  known: 'The keychain no longer holds this batch token.',
  safe: 'Nothing was sent.',
  next: 'Issue another one while the primary is alive, or bring one from elsewhere.',
});
