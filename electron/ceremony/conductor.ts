import type { CeremonyEvent, EventOf, Fencing, Recorded } from '../../shared/ceremony/events.ts';
import type { PrimarySeen } from '../../shared/ceremony/findings.ts';
import { endings } from '../../shared/ceremony/fold.ts';
import { faultOfRoster, heldBack, inForce } from '../../shared/ceremony/in-force.ts';
import { samePerson } from '../../shared/ceremony/people.ts';
import { possible, type CommandName } from '../../shared/ceremony/possible.ts';
import type { Roster } from '../../shared/ceremony/roster.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import type { CeremonyId, Nonce } from '../../shared/ids.ts';
import { problemOf, Trouble } from '../../shared/problem.ts';
import { scriptOf } from '../../shared/script/default.ts';
import type { StepId } from '../../shared/script/schema.ts';
import type { Secret } from '../../shared/secret.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import { deleteToken } from '../failover/delete-token.ts';
import { preflight } from '../failover/preflight.ts';
import { promote, readiness, type Confirmation, type Readiness } from '../failover/promote.ts';
import { Watch, type NodeReading } from '../failover/watch.ts';
import type { MadeInvitation } from '../offline/invite.ts';
import { cancel, cancelFound } from './cancel.ts';
import { ruleTrouble } from './ceremony-log.ts';
import { decode, restoreOtp } from './decode.ts';
import { decodeWithKey, ownKey, type TokenOpener } from './pgp-key.ts';
import { giveShare, keepEncodedToken, type Given } from './give-share.ts';
import { setPin } from './pin.ts';
import { recheck } from './recheck.ts';
import type { Room } from './room.ts';
import { giveSealedShare, invite } from './sealed.ts';
import { start, type StartKey } from './start.ts';

/** What a conductor tells the screens, unasked. */
export interface Audience {
  doing(id: CeremonyId, what: string | undefined): void;
  reading(
    id: CeremonyId,
    at: string,
    nodes: readonly NodeReading[],
    primary: PrimarySeen | undefined,
  ): void;
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

  constructor(room: Room, audience: Audience) {
    this.#room = room;
    this.#audience = audience;
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
      await this.#record(await preflight(this.#room));
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

  /** @param pgp the public key the token is to be encrypted to, or `app`: one made here. Absent: an OTP. */
  start(pgp?: StartKey | 'app'): Promise<void> {
    return this.#command('start', 'Starting the attempt on Vault', async () =>
      start(this.#room, pgp === 'app' ? await ownKey(this.#room) : pgp),
    );
  }

  confirmNonce(holder: string): Promise<void> {
    return this.#command('confirm-nonce', 'Writing the confirmation', () =>
      this.#record({ type: 'nonce.confirmed', holder }),
    );
  }

  giveShare(holder: string, share: Secret<'share'>): Promise<Given> {
    return this.#command('give-share', 'Giving the share to Vault', () =>
      giveShare(this.#room, holder, share),
    );
  }

  /** A signed invitation for holders elsewhere. @param hours how long it stands. */
  invite(signer: RecordSigner, hours: number): Promise<MadeInvitation> {
    return this.#command('give-share', 'Making an invitation', () =>
      invite(this.#room, signer, hours),
    );
  }

  giveSealedShare(sealed: Uint8Array): Promise<Given> {
    return this.#command('give-share', 'Opening a sealed share and giving it to Vault', () =>
      giveSealedShare(this.#room, sealed),
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
    return this.#command('recheck', 'Checking with Vault and the keychain', async () => {
      const sentence = await recheck(this.#room);
      this.#watchIfDue();
      return sentence;
    });
  }

  cancel(typed: string): Promise<void> {
    return this.#command('cancel', 'Cancelling the attempt', () => cancel(this.#room, typed));
  }

  cancelFound(found: { nonce: Nonce; by: string; why: string }): Promise<void> {
    return this.#command('cancel-found', 'Cancelling the attempt that was found', () =>
      cancelFound(this.#room, found),
    );
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

  stateFencing(fencing: Fencing): Promise<void> {
    return this.#command('state-fencing', 'Writing the fencing statement', async () => {
      if (fencing.primary === 'answers-as-active' && !fencing.reason)
        throw ruleTrouble('The primary answers as active: promoting all the same needs a reason.');
      await this.#record({ type: 'fencing.stated', fencing });
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
    return this.#command('delete-token', 'Deleting the DR operation token on Vault', () =>
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

  async #close(event: EventOf<'ceremony.ended'>): Promise<void> {
    await this.#stopWatch();
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
    const sentence = await this.recheck().catch((thrown: unknown) => {
      const { known, next } = problemOf(thrown);
      return `It could not be checked yet. ${known} ${next}`.slice(0, 2000);
    });
    await this.#record({
      type: 'resumed',
      sentence,
      ...(tornBytes === undefined ? {} : { tornBytes }),
    });
  }

  /** Lets go: the watch ends, the record stays open for whoever takes it up. */
  async release(): Promise<void> {
    await this.#stopWatch();
  }

  async #command<T>(name: CommandName, doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#doing) throw new Trouble(busyWith(this.#doing));
    const held = heldBack(this.state, name);
    if (held.length > 0) throw ruleTrouble(held.join(' '));
    if (!possible(this.state).includes(name))
      throw ruleTrouble(`This cannot be done in the phase "${this.state.phase}".`);
    this.#doing = doing;
    this.#audience.doing(this.#room.id, doing);
    try {
      return await work();
    } finally {
      this.#doing = undefined;
      this.#audience.doing(this.#room.id, undefined);
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
