import type { TrustedLeaf } from '../../../shared/ceremony/events.ts';
import { faultOfRoster, inForce } from '../../../shared/ceremony/in-force.ts';
import { samePerson } from '../../../shared/ceremony/people.ts';
import type { Roster } from '../../../shared/ceremony/roster.ts';
import type { BatchToken, Way } from '../../../shared/ceremony/ways.ts';
import { Trouble } from '../../../shared/problem.ts';
import type { Secret } from '../../../shared/secret.ts';
import type { BatchTokenId } from '../../../shared/shift/batch-token.ts';
import { preflightAny } from '../../failover/preflight-any.ts';
import { preflight } from '../../failover/preflight.ts';
import {
  arm,
  borrowBatchToken,
  chooseWay,
  noVaultToken,
  usableBatchTokens,
} from '../../failover/ways.ts';
import type { OpenPgpIdentity } from '../../transcript/openpgp.ts';
import { ruleTrouble } from '../ceremony-log.ts';
import { setPin } from '../pin.ts';
import { setSigningKey } from '../second-person.ts';
import { trustCertificate } from '../trust-certificate.ts';
import { Commands } from './commands.ts';

/** What comes before the start: the cluster, the people and the way. */
export class PreparingCommands extends Commands {
  preflight(): Promise<void> {
    return this.command('preflight', 'Looking at the cluster', async () => {
      const cluster = this.room.cluster();
      if (JSON.stringify(cluster) !== JSON.stringify(this.state.cluster))
        await this.record({ type: 'cluster.changed', cluster });
      if (this.state.purpose !== 'dr-operation-token')
        return this.record(await preflightAny(this.room));
      await this.record(await preflight(this.room));
      await chooseWay(this.room);
    });
  }

  setRoster(roster: Roster): Promise<void> {
    return this.command('set-roster', 'Writing the roster', async () => {
      const fault = faultOfRoster(this.room.log.in('roster', 'ready'), roster);
      if (fault) throw new Trouble(rosterFault(fault));
      await this.record({ type: 'roster.set', roster });
    });
  }

  /** The second person's own factor for Promote. */
  setPin(person: string, pin: Secret<'pin'>): Promise<void> {
    return this.command('set-pin', 'Keeping the PIN’s hash', async () => {
      this.#mustBeSecond(person);
      await setPin(this.room, person, pin);
    });
  }

  /** The second person's OpenPGP public key, for a signature over the head at Promote. */
  setSigningKey(person: string, publicKey: string): Promise<OpenPgpIdentity> {
    return this.command('set-signing-key', 'Looking at the key', () => {
      this.#mustBeSecond(person);
      return setSigningKey(this.room, person, publicKey);
    });
  }

  /** Another way than the facts say: by name and reason, a deviation. */
  chooseWay(choice: { way: Way; why: string; by: string }): Promise<void> {
    return this.command('choose-way', 'Writing the way', async () => {
      if (this.state.way?.way === choice.way) throw ruleTrouble('That is the way already.');
      await this.watch.stop();
      await this.record({ type: 'way.chosen', ...choice });
    });
  }

  noVaultToken(): Promise<void> {
    return this.command('no-vault-token', 'Writing that no token is at hand', () =>
      noVaultToken(this.room),
    );
  }

  /** Reads the keychain only: not a command, so that it can be asked beside one. */
  batchTokens(): Promise<readonly BatchToken[]> {
    return usableBatchTokens(this.room);
  }

  /** Authenticates the attempt with a kept batch token; the status call shows whether it is taken. */
  useBatchToken(id: BatchTokenId): Promise<void> {
    return this.command('use-batch-token', 'Looking at the cluster with that token', async () => {
      await borrowBatchToken(this.room, id);
      await this.record(await preflight(this.room));
      await chooseWay(this.room);
    });
  }

  arm(id: BatchTokenId): Promise<void> {
    return this.command('arm', 'Reading the batch token from the keychain', () =>
      arm(this.room, id),
    );
  }

  /**
   * One expired certificate for this ceremony, whenever it stands in the way. Before the start the
   * cluster is then looked at with it; later the step that was stopped is done again by a person.
   */
  trustCertificate(trusted: TrustedLeaf): Promise<void> {
    return this.command('trust-certificate', 'Trying the certificate', async () => {
      await trustCertificate(this.room, trusted);
      if (this.isBeforeStart) {
        const failover = this.state.purpose === 'dr-operation-token';
        await this.record(await (failover ? preflight : preflightAny)(this.room));
      }
      await this.watch.renew();
    });
  }

  #mustBeSecond(person: string): void {
    const { roster } = this.room.log.in('ready');
    const isOperator = samePerson(person, roster.operator);
    if (isOperator && inForce(this.state, 'second-person-is-not-operator'))
      throw ruleTrouble('The second person at Promote is not the operator.');
  }
}

const rosterFault = (known: string) =>
  ({
    code: 'input.invalid',
    known,
    safe: 'The roster was not changed.',
    next: 'Correct the roster. A rule of the site can be set aside by a recorded deviation.',
  }) as const;
