import type {
  CeremonyEvent,
  Claim,
  EventOf,
  Fencing,
  Recorded,
  TrustedLeaf,
} from '../../shared/ceremony/events.ts';
import type { AfterItemId, AfterTask } from '../../shared/ceremony/aftercare.ts';
import type { ExpiredLeaf, PrimarySeen } from '../../shared/ceremony/findings.ts';
import { endings } from '../../shared/ceremony/fold.ts';
import { foundBeforeDemotion } from '../../shared/ceremony/fencing.ts';
import { mayDemote } from '../../shared/ceremony/fold-preflight.ts';
import { faultOfRoster, heldBack, inForce } from '../../shared/ceremony/in-force.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { tokenWords } from '../../shared/ceremony/purpose.ts';
import { possible, type CommandName } from '../../shared/ceremony/possible.ts';
import type { Roster } from '../../shared/ceremony/roster.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import type { BatchToken, Way } from '../../shared/ceremony/ways.ts';
import type { CeremonyId, NodeAddress, Nonce } from '../../shared/ids.ts';
import { readPgpMessage } from '../../shared/pgp/message.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import { scriptOf } from '../../shared/script/default.ts';
import type { StepId } from '../../shared/script/schema.ts';
import type { Secret } from '../../shared/secret.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import type { BatchTokenId } from '../../shared/shift/batch-token.ts';
import { checkAfter } from '../failover/aftercare.ts';
import { actAfter, attachWithBatchToken } from '../failover/aftercare-calls.ts';
import { deleteToken } from '../failover/delete-token.ts';
import { snapshotPrimary } from '../failover/snapshot.ts';
import { demotePrimary, lookAtPrimaryNow } from '../failover/demote.ts';
import { preflightAny } from '../failover/preflight-any.ts';
import { preflight } from '../failover/preflight.ts';
import { closeDoor, openDoor, probeDoors, putOffDoor, vouchDoor } from '../failover/door.ts';
import { lookAgain } from '../failover/primary.ts';
import { promote, readiness, type Confirmation, type Readiness } from '../failover/promote.ts';
import { Watch, type NodeReading } from '../failover/watch.ts';
import type { MadeInvitation } from '../offline/invite.ts';
import {
  arm,
  borrowBatchToken,
  chooseWay,
  noVaultToken,
  usableBatchTokens,
} from '../failover/ways.ts';
import type { OpenPgpIdentity } from '../transcript/openpgp.ts';
import { cancel, cancelFound } from './cancel.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { decode, restoreOtp } from './decode.ts';
import { decodeWithKey, ownKey, type TokenOpener } from './pgp-key.ts';
import { giveShare, keepEncodedToken, type Given } from './give-share.ts';
import { claimFound, join } from './join.ts';
import { setPin } from './pin.ts';
import { ProgressPoll } from './progress-poll.ts';
import { recheck } from './recheck.ts';
import { withConnection, type Room } from './room.ts';
import { showToken, storeToken } from './root-token.ts';
import { giveSealedShare, invite } from './sealed.ts';
import { noTokenAwaited, takeDecodedToken, takeHandedToken } from './take-token.ts';
import { start, type StartKey } from './start.ts';
import { setSigningKey, statementToSign } from './second-person.ts';
import { trustCertificate } from './trust-certificate.ts';
import { beginUnseal, giveToNode, resetNode, waiveNode } from './unseal.ts';

/** What a conductor tells the screens, unasked. */
export interface Audience {
  doing(id: CeremonyId, what: string | undefined): void;
  reading(
    id: CeremonyId,
    at: string,
    nodes: readonly NodeReading[],
    primary: PrimarySeen | undefined,
  ): void;
  /** All expired certificates that stand in the way now. */
  expired(id: CeremonyId, leaves: readonly ExpiredLeaf[]): void;
}

/**
 * Conducts one ceremony: takes a command, checks that it may come next, does it, and leaves its
 * events. One command at a time: what two windows ask at once is refused, never queued, because
 * some of these commands must not be done twice.
 */
export class Conductor {
  readonly #room: Room;
  readonly #audience: Audience;
  #doing: string | undefined;
  #watch: Watch | undefined;
  readonly #poll: ProgressPoll;

  /** @param pollMs between two readings of the progress while holders elsewhere may give; 0: never. */
  constructor(room: Room, audience: Audience, pollMs = usualPollMs) {
    this.#room = room;
    this.#audience = audience;
    this.#poll = new ProgressPoll(room, { everyMs: pollMs, isFree: () => !this.#doing });
  }

  get state(): CeremonyState {
    return this.#room.log.state;
  }

  get records(): readonly Recorded[] {
    return this.#room.log.records;
  }

  preflight(): Promise<void> {
    return this.#command('preflight', 'Looking at the cluster', async () => {
      const cluster = this.#room.cluster();
      if (JSON.stringify(cluster) !== JSON.stringify(this.state.cluster))
        await this.#record({ type: 'cluster.changed', cluster });
      if (this.state.purpose !== 'dr-operation-token')
        return this.#record(await preflightAny(this.#room));
      await this.#record(await preflight(this.#room));
      await chooseWay(this.#room);
    });
  }

  setRoster(roster: Roster): Promise<void> {
    return this.#command('set-roster', 'Writing the roster', async () => {
      const fault = faultOfRoster(this.#room.log.in('roster', 'ready'), roster);
      if (fault) throw new Trouble(rosterFault(fault));
      await this.#record({ type: 'roster.set', roster });
    });
  }

  /** The second person's own factor for Promote. */
  setPin(person: string, pin: Secret<'pin'>): Promise<void> {
    return this.#command('set-pin', 'Keeping the PIN’s hash', async () => {
      const { roster } = this.#room.log.in('ready');
      const isOperator = samePerson(person, roster.operator);
      if (isOperator && inForce(this.state, 'second-person-is-not-operator'))
        throw ruleTrouble('The second person at Promote is not the operator.');
      await setPin(this.#room, person, pin);
    });
  }

  /** The second person's OpenPGP public key, for a signature over the head at Promote. */
  setSigningKey(person: string, publicKey: string): Promise<OpenPgpIdentity> {
    return this.#command('set-signing-key', 'Looking at the key', () => {
      const { roster } = this.#room.log.in('ready');
      const isOperator = samePerson(person, roster.operator);
      if (isOperator && inForce(this.state, 'second-person-is-not-operator'))
        throw ruleTrouble('The second person at Promote is not the operator.');
      return setSigningKey(this.#room, person, publicKey);
    });
  }

  /** What the second person signs, where they set a key: the bytes, as they are. */
  statementToSign(force: boolean): Uint8Array | undefined {
    return statementToSign(this.#room, force);
  }

  /** A required check of the script: done by somebody, or set aside as a deviation. */
  settleCheck(
    event: Extract<CeremonyEvent, { type: 'check.done' | 'check.set-aside' }>,
  ): Promise<void> {
    return this.#command('settle-check', 'Writing the check', () => this.#record(event));
  }

  /** By name, with the words of the script this ceremony follows. */
  async signOff(step: StepId, by: string): Promise<void> {
    const script = this.state.script?.script ?? scriptOf(undefined);
    const words = script.steps.find(({ id }) => id === step);
    if (!words) throw ruleTrouble('The script has no such step.');
    const { challenge, response } = words;
    await this.#record({ type: 'step.signed-off', step, challenge, response, by });
  }

  /** Another way than the facts say: by name and reason, a deviation. */
  chooseWay(choice: { way: Way; why: string; by: string }): Promise<void> {
    return this.#command('choose-way', 'Writing the way', async () => {
      if (this.state.way?.way === choice.way) throw ruleTrouble('That is the way already.');
      await this.#stopWatch();
      await this.#record({ type: 'way.chosen', ...choice });
    });
  }

  noVaultToken(): Promise<void> {
    return this.#command('no-vault-token', 'Writing that no token is at hand', () =>
      noVaultToken(this.#room),
    );
  }

  /** Reads the keychain only: not a command, so that it can be asked beside one. */
  batchTokens(): Promise<readonly BatchToken[]> {
    return usableBatchTokens(this.#room);
  }

  /** Authenticates the attempt with a kept batch token; the status call shows whether it is taken. */
  useBatchToken(id: BatchTokenId): Promise<void> {
    return this.#command('use-batch-token', 'Looking at the cluster with that token', async () => {
      await borrowBatchToken(this.#room, id);
      await this.#record(await preflight(this.#room));
      await chooseWay(this.#room);
    });
  }

  forgetBorrowed(): void {
    this.#room.borrowed = undefined;
    this.#room.activation = undefined;
  }

  arm(id: BatchTokenId): Promise<void> {
    return this.#command('arm', 'Reading the batch token from the keychain', () =>
      arm(this.#room, id),
    );
  }

  openDoor(by: string): Promise<void> {
    return this.#command('open-door', 'Writing who opens the door', () => openDoor(this.#room, by));
  }

  probeDoor(): Promise<void> {
    return this.#command('probe-door', 'Asking every node without a token', () =>
      probeDoors(this.#room),
    );
  }

  closeDoor(by: string): Promise<void> {
    return this.#command('close-door', 'Asking every node without a token', () =>
      closeDoor(this.#room, by),
    );
  }

  putOffDoor(by: string, why: string): Promise<void> {
    return this.#command('put-off-door', 'Writing why it stays open', () =>
      putOffDoor(this.#room, by, why),
    );
  }

  vouchDoor(vouched: { node: NodeAddress; by: string; how: string }): Promise<void> {
    return this.#command('vouch-door', 'Writing who looked at it', () =>
      vouchDoor(this.#room, vouched),
    );
  }

  /** @param pgp the public key the token is to be encrypted to, or `app`: one made here. Absent: an OTP. */
  start(pgp?: StartKey | 'app'): Promise<void> {
    if (this.state.purpose === 'unseal')
      return this.#command('start', 'Reading every node', () => beginUnseal(this.#room));
    return this.#command('start', 'Starting the attempt on Vault', async () =>
      start(this.#room, pgp === 'app' ? await ownKey(this.#room) : pgp),
    );
  }

  confirmNonce(holder: string): Promise<void> {
    return this.#command('confirm-nonce', 'Writing the confirmation', () =>
      this.#record({ type: 'nonce.confirmed', holder }),
    );
  }

  /** @param openedWith for a share that came encrypted to its holder. */
  giveShare(
    holder: string,
    share: Secret<'share'>,
    openedWith?: 'key file' | 'gpg',
  ): Promise<Given> {
    return this.#command('give-share', 'Giving the share to Vault', () =>
      this.state.purpose === 'unseal'
        ? giveToNode(this.#room, holder, share)
        : giveShare(this.#room, holder, share, openedWith ? { openedWith } : {}),
    );
  }

  /** A signed invitation, for holders elsewhere or whoever decodes the token. @param hours how long it stands. */
  invite(signer: RecordSigner, hours: number): Promise<MadeInvitation> {
    const command = this.state.phase === 'complete' ? 'take-token' : 'give-share';
    return this.#command(command, 'Making an invitation', () => invite(this.#room, signer, hours));
  }

  giveSealedShare(sealed: Uint8Array): Promise<Given> {
    return this.#command('give-share', 'Opening a sealed share and giving it to Vault', () =>
      giveSealedShare(this.#room, sealed),
    );
  }

  /** The encoded token, from the laptop on which the last share landed. @returns whose share that was. */
  async takeHandedToken(handed: Uint8Array): Promise<string> {
    this.#mustAwaitToken();
    return this.#command('take-token', 'Opening the token that was handed back', () =>
      takeHandedToken(this.#room, handed),
    );
  }

  /** The token, decoded on another laptop and sealed there. @returns who decoded it. */
  async takeDecodedToken(sealed: Uint8Array): Promise<string> {
    this.#mustAwaitToken();
    return this.#command('take-token', 'Opening the token that was decoded elsewhere', () =>
      takeDecodedToken(this.#room, sealed),
    );
  }

  nameElsewhere(holder: string | undefined, means: string): Promise<void> {
    return this.#command('name-elsewhere', 'Writing who gave it', async () => {
      const { roster } = this.#room.log.in('collecting');
      await this.#record({
        type: 'share.elsewhere.named',
        ...(holder ? { holder } : {}),
        means,
        by: roster.operator,
      });
    });
  }

  /** Reads the server and the keychain again and says what follows. @returns the sentences. */
  recheck(): Promise<string> {
    return this.#command('recheck', rechecking, () => this.#recheck());
  }

  cancel(typed: string): Promise<void> {
    return this.#command('cancel', 'Cancelling the attempt', () => cancel(this.#room, typed));
  }

  cancelFound(found: { nonce: Nonce; by: string; why: string }): Promise<void> {
    return this.#command('cancel-found', 'Cancelling the attempt that was found', () =>
      cancelFound(this.#room, found),
    );
  }

  /** Whose the attempt is that was found; preflight then looks again, and no longer stops at it. */
  claimFound(claim: Claim): Promise<void> {
    return this.#command('claim-found', 'Writing whose attempt it is', async () => {
      await claimFound(this.#room, claim);
      await this.#record(await preflight(this.#room));
    });
  }

  join(): Promise<void> {
    return this.#command('join', 'Joining the attempt', () => join(this.#room));
  }

  /** The expired certificates that a call of this run was refused for. */
  get expired(): readonly ExpiredLeaf[] {
    return this.#room.expired.leaves;
  }

  /**
   * One expired certificate for this ceremony, whenever it stands in the way. Before the start the
   * cluster is then looked at with it; later the step that was stopped is done again by a person.
   */
  trustCertificate(trusted: TrustedLeaf): Promise<void> {
    return this.#command('trust-certificate', 'Trying the certificate', async () => {
      await trustCertificate(this.#room, trusted);
      if (isBeforeStart(this.state)) {
        const failover = this.state.purpose === 'dr-operation-token';
        await this.#record(await (failover ? preflight : preflightAny)(this.#room));
      }
      if (!this.#watch) return;
      // The watch keeps its connection, which does not know of the trust yet.
      await this.#stopWatch();
      this.#watchIfDue();
    });
  }

  /** Tries the keychain again with an encoded token that it did not take. */
  keepEncodedToken(): Promise<void> {
    return this.#command('keep-encoded-token', 'Keeping the encoded token', async () => {
      if (!this.#room.unkept) throw ruleTrouble('No encoded token is waiting in memory.');
      await keepEncodedToken(this.#room, this.#room.unkept);
    });
  }

  /** The OTP, for a page that shows it once. The event is on disk before it is handed over. */
  showOtp(to: string, agreedBy: string): Promise<Secret<'otp'>> {
    return this.#command('show-otp', 'Reading the OTP from the keychain', async () => {
      const { attempt } = this.#room.log.in('collecting');
      const kept = await this.#room.secrets.attempt();
      if (kept?.nonce !== attempt.nonce) throw ruleTrouble('The OTP is not in the keychain.');
      if (samePerson(to, agreedBy))
        throw ruleTrouble('The OTP is shown only after a second person agreed.');
      await this.#record({ type: 'otp.shown', to, agreedBy });
      return kept.otp;
    });
  }

  /** A joined attempt's encoded token, for its owner. The event is on disk before it is handed over. */
  showEncoded(to: string, agreedBy: string): Promise<Secret<'encoded-token'>> {
    return this.#command('show-encoded', 'Reading the encoded token', async () => {
      const kept = await this.#room.secrets.encodedToken();
      if (!kept) throw ruleTrouble('The encoded token is not in the keychain.');
      if (samePerson(to, agreedBy))
        throw ruleTrouble('The encoded token is shown only after a second person agreed.');
      await this.#record({ type: 'token.encoded.shown', to, agreedBy });
      return kept;
    });
  }

  /** The root token, for a page that shows it once, after a second person's yes. */
  showToken(to: string, agreedBy: string): Promise<Secret<'root-token'>> {
    return this.#command('show-token', 'Reading the root token from the keychain', () =>
      showToken(this.#room, to, agreedBy),
    );
  }

  /** It stays in the keychain for a while; the ceremony stays open until it is revoked. */
  storeToken(stored: { owner: string; why: string; until: string }): Promise<void> {
    return this.#command('store-token', 'Writing who keeps it, and until when', () =>
      storeToken(this.#room, stored),
    );
  }

  resetUnseal(by: string, why: string): Promise<void> {
    return this.#command('reset-unseal', 'Asking the node to forget its shares', () =>
      resetNode(this.#room, by, why),
    );
  }

  waiveNode(waived: { node: NodeAddress; by: string; why: string }): Promise<void> {
    return this.#command('waive-node', 'Writing why the node stays sealed', () =>
      waiveNode(this.#room, waived),
    );
  }

  /** In PGP mode, for the key's owner: the binary message. The event is on disk before it is handed over. */
  exportEncoded(to: string): Promise<Uint8Array> {
    return this.#command('export-encoded', 'Reading the encoded token', async () => {
      const kept = await this.#room.secrets.encodedToken();
      const message = kept && readPgpMessage(kept.expose());
      if (!message?.ok)
        throw ruleTrouble('No encoded token that is encrypted to a key is in the keychain.');
      await this.#record({ type: 'token.encoded.exported', to });
      return message.bytes;
    });
  }

  restoreOtp(otp: Secret<'otp'>): Promise<void> {
    return this.#command('restore-otp', 'Keeping the OTP', () => restoreOtp(this.#room, otp));
  }

  /** @param opener in PGP mode: a person's own key, or gpg. Absent: with what this ceremony keeps. */
  decode(opener?: TokenOpener): Promise<void> {
    const doing =
      opener?.with === 'gpg'
        ? 'Waiting for gpg: a card or a PIN is asked for in a window of its own'
        : 'Decoding the token';
    return this.#command('decode', doing, () =>
      this.#room.log.in('complete').attempt.key
        ? decodeWithKey(this.#room, opener)
        : decode(this.#room),
    );
  }

  /** The statement carries what is seen of the primary now, not what the page remembers. */
  stateFencing(statement: Fencing): Promise<void> {
    return this.#command('state-fencing', 'Looking at the primary, then writing it', async () => {
      const { seen } = await withConnection(
        this.#room,
        (connection) => lookAgain(this.#room, connection),
        { timeoutMs: 8_000 },
      );
      const fencing = { ...statement, primary: seen };
      if (seen === 'answers-as-active' && !fencing.reason)
        throw ruleTrouble('The primary answers as active: promoting all the same needs a reason.');
      await this.#record({ type: 'fencing.stated', fencing });
    });
  }

  /** Looks at the old primary now. @returns what was seen, in a sentence. */
  lookAtPrimary(): Promise<string> {
    return this.#command('look-at-primary', 'Looking at the primary', async () => {
      const sentence = await lookAtPrimaryNow(this.#room);
      await this.#lookAgainAfterDemotion();
      return sentence;
    });
  }

  demotePrimary(
    token: Secret<'vault-token'>,
    people: { readonly by: string; readonly secondPerson: string },
  ): Promise<void> {
    return this.#command('demote-primary', 'Demoting the old primary', async () => {
      if (samePerson(people.by, people.secondPerson))
        throw ruleTrouble('A demotion needs two people, and the same name was given twice.');
      await demotePrimary(this.#room, token, people);
      await this.#lookAgainAfterDemotion();
    });
  }

  readiness(): Promise<Readiness> {
    return this.#command('promote', 'Asking the cluster what it is', () => readiness(this.#room));
  }

  promote(confirmation: Confirmation): Promise<void> {
    return this.#command('promote', 'Sending promote', async () => {
      // The watch must not conclude anything while the state says "promoting".
      await this.#stopWatch();
      try {
        await promote(this.#room, confirmation);
      } finally {
        this.#watchIfDue();
      }
    });
  }

  deleteToken(): Promise<boolean> {
    const token = tokenWords(this.state.purpose);
    return this.#command('delete-token', `Deleting the ${token} on Vault`, () =>
      deleteToken(this.#room),
    );
  }

  leaveToken(why: string, owner: string): Promise<void> {
    return this.#command('leave-token', 'Writing who takes the token over', async () => {
      await this.#record({ type: 'token.left', why, owner });
      await this.#room.secrets.forgetToken();
    });
  }

  end(): Promise<void> {
    return this.#command('end', 'Closing the ceremony', async () => {
      const [outcome] = endings(this.state);
      if (!outcome) throw ruleTrouble('Something on the server is not settled yet.');
      await this.#close({ type: 'ceremony.ended', outcome });
    });
  }

  /** Ends it with something left open on the server: an open item, by name and reason. */
  leave(by: string, why: string): Promise<void> {
    return this.#command('leave', 'Closing the ceremony', () =>
      this.#close({ type: 'ceremony.ended', outcome: 'left', left: { by, why } }),
    );
  }

  /** Reads the servers for one item of the checklist after the promotion. */
  checkAfter(item: AfterItemId): Promise<void> {
    return this.#command('check-after', 'Reading the servers', () => checkAfter(this.#room, item));
  }

  settleAfter(settled: Omit<EventOf<'after.settled'>, 'type'>): Promise<void> {
    return this.#command('settle-after', 'Writing it down', () =>
      this.#record({ type: 'after.settled', ...settled }),
    );
  }

  /** A thing of the checklist that needs a token. The snapshot may be taken before a demotion already. */
  actAfter(task: AfterTask, token: Secret<'vault-token'>): Promise<void> {
    if (task.kind === 'snapshot' && mayDemote(this.state))
      return this.#command('snapshot-primary', 'Taking a snapshot of the primary', () =>
        snapshotPrimary(this.#room, token, task.file),
      );
    return this.#command('act-after', 'Sending it, then reading the servers', () =>
      actAfter(this.#room, task, token),
    );
  }

  attachWithBatchToken(id: BatchTokenId, by: string): Promise<void> {
    return this.#command('act-after', 'Attaching the old primary', () =>
      attachWithBatchToken(this.#room, id, by),
    );
  }

  async #close(event: EventOf<'ceremony.ended'>): Promise<void> {
    await this.#stopWatch();
    this.#room.activation = undefined;
    // A keychain that is locked now keeps nobody from ending the ceremony.
    await this.#room.secrets.markClosing().catch(() => undefined);
    await this.#record(event);
    // The secrets go even where the record cannot be signed now.
    await this.#room.sign().finally(() => this.#room.secrets.forgetAll());
  }

  /** Notes, deviations, interruptions: possible at any time, beside whatever runs. */
  async remark(
    event: Extract<CeremonyEvent, { type: 'note.added' | 'deviation.recorded' | 'interrupted' }>,
  ): Promise<void> {
    await this.#record(event);
  }

  /** Takes the ceremony up after a restart: what is read now goes on the record as a sentence. */
  async resume(tornBytes: number | undefined): Promise<void> {
    const sentence = await this.#alone(rechecking, () => this.#recheck()).catch(
      (thrown: unknown) => {
        const { known, next } = problemOf(thrown);
        return `It could not be checked yet. ${known} ${next}`.slice(0, 2000);
      },
    );
    await this.#record({
      type: 'resumed',
      sentence,
      ...(tornBytes === undefined ? {} : { tornBytes }),
    });
  }

  /** Lets go: the watch ends, the record stays open for whoever takes it up. */
  async release(): Promise<void> {
    await this.#poll.stop();
    await this.#stopWatch();
  }

  async #recheck(): Promise<string> {
    const sentence = await recheck(this.#room);
    this.#watchIfDue();
    return sentence;
  }

  /** What preflight found before a demotion is not true after it: the cluster is looked at once more. */
  async #lookAgainAfterDemotion(): Promise<void> {
    if (!isBeforeStart(this.state) || !foundBeforeDemotion(this.state)) return;
    // The demotion is done, whatever comes of this look: "Check again" stays on the screen.
    const checked = await preflight(this.#room).catch(() => undefined);
    if (checked) await this.#record(checked);
  }

  #mustAwaitToken(): void {
    if (!possible(this.state).includes('take-token')) throw new Trouble(noTokenAwaited);
  }

  async #command<T>(name: CommandName, doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#doing) throw new Trouble(busyWith(this.#doing));
    const held = heldBack(this.state, name);
    if (held.length > 0) throw ruleTrouble(held.join(' '));
    if (!possible(this.state).includes(name))
      throw ruleTrouble(`This cannot be done in the phase "${this.state.phase}".`);
    return this.#alone(doing, work);
  }

  /** Nothing else is done meanwhile. A resume comes in every phase, so it asks for no permission. */
  async #alone<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#doing) throw new Trouble(busyWith(this.#doing));
    this.#doing = doing;
    this.#audience.doing(this.#room.id, doing);
    try {
      await this.#poll.settled();
      return await work();
    } finally {
      this.#doing = undefined;
      this.#audience.doing(this.#room.id, undefined);
      this.#poll.begin();
    }
  }

  async #record(event: CeremonyEvent): Promise<void> {
    await this.#room.log.append(event);
  }

  #watchIfDue(): void {
    const { phase } = this.state;
    if (this.#watch || (phase !== 'watching' && phase !== 'aftercare')) return;
    const { id } = this.#room;
    this.#watch = new Watch(this.#room, {
      reading: (...reading) => this.#audience.reading(id, ...reading),
      stopped: () => {
        this.#watch = undefined;
      },
    });
  }

  async #stopWatch(): Promise<void> {
    const watch = this.#watch;
    this.#watch = undefined;
    await watch?.stop();
  }
}

const isBeforeStart = ({ phase }: CeremonyState): boolean =>
  phase === 'preflight' || phase === 'roster' || phase === 'ready';
const rechecking = 'Checking with Vault and the keychain';

/** Milliseconds: soon enough for people who wait, and polite to a server under load. */
const usualPollMs = 5_000;

const rosterFault = (known: string) =>
  ({
    code: 'input.invalid',
    known,
    safe: 'The roster was not changed.',
    next: 'Correct the roster. A rule of the site can be set aside by a recorded deviation.',
  }) as const;

const busyWith = (doing: string) =>
  ({
    code: 'ceremony.busy',
    known: `This ceremony is busy: ${doing}.`,
    safe: 'The new request was not carried out.',
    next: 'Wait until it is done, then try again.',
  }) as const;
