import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Conductor } from '../../electron/ceremony/conductor.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { nonceSchema, type Nonce } from '../../shared/ids.ts';
import { problemOf, type Problem } from '../../shared/problem.ts';
import { Secret } from '../../shared/secret.ts';
import { holders } from '../fakes/ceremony-bench.ts';
import { clusterName, enterToken, type App } from './app.ts';
import { decide, type Step } from './decide.ts';
import type { SiteFacts, WayName } from './messages.ts';

/** Whoever must do something on the servers themselves. */
export type Administrator = (what: 'open-door' | 'close-door') => Promise<void>;

export interface Taken {
  readonly step: Step;
  readonly problem: Problem | undefined;
}

/** After so many troubles people leave the ceremony unfinished, by name and reason. */
const patience = 16;
const waitMs = 300;

/** The people of one ceremony, who go by the screen: they take the next step until it is over. */
export class People {
  readonly #way: WayName;
  readonly #app: App;
  readonly #site: SiteFacts;
  readonly #administrator: Administrator;
  readonly #conductor: Conductor;
  readonly #taken: Taken[] = [];

  constructor(
    way: WayName,
    app: App,
    site: SiteFacts,
    administrator: Administrator,
    conductor: Conductor,
  ) {
    this.#way = way;
    this.#app = app;
    this.#site = site;
    this.#administrator = administrator;
    this.#conductor = conductor;
  }

  get state(): CeremonyState {
    return this.#conductor.state;
  }

  get taken(): readonly Taken[] {
    return this.#taken;
  }

  /** What they would do now; undefined when it is over. */
  get next(): Step | undefined {
    const last = this.#taken.at(-1);
    const troubles = this.#taken.filter(({ problem }) => problem !== undefined).length;
    if (troubles >= patience && this.state.phase !== 'ended') return this.#leaving();
    return decide(this.#way, this.state, {
      tokenEntered: this.#app.vaultToken !== undefined,
      last: last?.step,
      lastFailed: last?.problem !== undefined,
      taken: (step) => this.#taken.filter((one) => one.step === step).length,
    });
  }

  /** Takes the next step. A trouble is an answer like another: people read it and look again. */
  async take(step: Step): Promise<Taken> {
    const problem = await this.#do(step).then(
      () => undefined,
      (thrown: unknown) => problemOf(thrown),
    );
    const taken = { step, problem };
    this.#taken.push(taken);
    if (problem) await delay(waitMs);
    return taken;
  }

  /** Goes on to the end, or until `stop` says so of a step that is about to be taken. */
  async play(
    heard: (taken: Taken) => void = () => undefined,
    stop: (step: Step, people: People) => boolean = () => false,
  ): Promise<void> {
    for (let step = this.next; step !== undefined; step = this.next) {
      if (stop(step, this)) return;
      if (this.#taken.length > 120) throw new Error(`going in circles: ${this.#lastSteps()}`);
      heard(await this.take(step));
    }
  }

  #leaving(): Step | undefined {
    const last = this.#taken.at(-1);
    if (last?.step === 'leave' && last.problem) return 'end';
    if (last?.step === 'end' && last.problem)
      throw new Error(`no way out of ${this.state.phase}: ${last.problem.known}`);
    return 'leave';
  }

  #lastSteps(): string {
    return this.#taken
      .slice(-8)
      .map(({ step, problem }) => `${step}${problem ? ` (${problem.code})` : ''}`)
      .join(', ');
  }

  async #do(step: Step): Promise<unknown> {
    const conductor = this.#conductor;
    const rootToken = Secret.of('vault-token', this.#site.rootToken);
    switch (step) {
      case 'enter-token':
        return enterToken(this.#app, this.#site);
      case 'preflight':
        return conductor.prepare.preflight();
      case 'no-vault-token':
        return conductor.prepare.noVaultToken();
      case 'open-door':
        if (!this.state.door) await conductor.door.open('Sasha');
        await this.#administrator('open-door');
        return conductor.door.probe();
      case 'snapshot': {
        // A new name each time: what a kill left of one is not written over.
        const file = join(dirname(this.#app.dataFolder), `primary-${randomUUID()}.snapshot`);
        return conductor.after.act({ kind: 'snapshot', file }, rootToken);
      }
      case 'demote-primary':
        return conductor.promotion.demote(rootToken, { by: 'Robin', secondPerson: 'Wim' });
      case 'look-at-primary':
        await delay(waitMs);
        return conductor.promotion.lookAtPrimary();
      case 'cancel-found':
        return conductor.attempt.cancelFound({
          nonce: await this.#foundNonce(),
          by: 'Robin',
          why: 'Nobody has the OTP of this attempt.',
        });
      case 'set-roster':
        return conductor.prepare.setRoster({
          operator: 'Robin',
          witness: 'Wim',
          holders: [...holders],
        });
      case 'start':
        return conductor.attempt.start(this.#way === 'pgp' ? 'app' : undefined);
      case 'arm': {
        const [token] = await conductor.prepare.batchTokens();
        if (!token) throw new Error('No batch token is kept.');
        return conductor.prepare.arm(token.id);
      }
      case 'give-share':
        return this.#giveShare();
      case 'name-elsewhere':
        return conductor.attempt.nameElsewhere('Emil', 'The vault command on another laptop.');
      case 'recheck':
        return conductor.recheck();
      case 'decode':
        return conductor.token.decode();
      case 'close-door':
        await this.#administrator('close-door');
        return conductor.door.close('Sasha');
      case 'put-off-door':
        return conductor.door.putOff('Robin', 'The administrator cannot be reached.');
      case 'state-fencing':
        return conductor.promotion.stateFencing({
          primary: this.state.primary?.seen ?? 'not-visible',
          how: 'Power is off, and the room is locked.',
          confirmedBy: 'Nadia',
          reason: 'Its storage is gone: what it answers is of no use.',
        });
      case 'promote':
        return conductor.promotion.promote({ clusterName, secondPerson: 'Wim' });
      case 'watch':
        return this.#watch();
      case 'delete-token':
        return conductor.token.delete();
      case 'leave-token':
        return conductor.token.leave('Vault refuses it, and nothing proves why.', 'Nadia');
      case 'waive-snapshot':
        return conductor.after.settle({
          item: 'snapshot',
          outcome: 'waived',
          by: 'Nadia',
          says: 'It was demoted before one could be taken.',
        });
      case 'settle-ports':
        return conductor.after.settle({
          item: 'ports',
          outcome: 'done',
          by: 'Nadia',
          says: 'Tried from both sides.',
        });
      case 'check-versions':
        await delay(waitMs);
        return conductor.after.check('versions');
      case 'waive-versions':
        return conductor.after.settle({
          item: 'versions',
          outcome: 'waived',
          by: 'Nadia',
          says: 'Both were installed from the same package.',
        });
      case 'activate':
        return conductor.after.act({ kind: 'activate', by: 'Robin' }, rootToken);
      case 'attach': {
        const [token] = await conductor.prepare.batchTokens();
        if (!token) return conductor.after.act({ kind: 'attach', by: 'Robin' }, rootToken);
        return conductor.after.attachWithBatchToken(token.id, 'Robin');
      }
      case 'check-follows':
        await delay(waitMs);
        return conductor.after.check('follows');
      case 'end':
        return conductor.ending.end();
      case 'leave':
        return conductor.ending.leave('Robin', 'It cannot be finished from here.');
    }
  }

  /** The first holder of the roster who has not given a share in this round. */
  async #giveShare(): Promise<unknown> {
    const { state } = this;
    if (state.phase !== 'collecting') throw new Error('No share can be given now.');
    const { given } = state.attempt;
    const place = holders.findIndex((holder) => !given.some((one) => one.holder === holder));
    const holder = holders[place] ?? holders[0];
    const share = this.#site.shares[place] ?? '';
    await this.#conductor.attempt.confirmNonce(holder);
    return this.#conductor.attempt.giveShare(holder, Secret.of('share', share));
  }

  /** As long as something moves; a doubt is given the time of a whole outage. */
  async #watch(): Promise<void> {
    for (let looks = 0; looks < 40; looks += 1) {
      const { state } = this;
      if (state.phase !== 'watching' || (state.doubt && looks > 25)) return;
      await delay(100);
    }
  }

  async #foundNonce(): Promise<Nonce> {
    const { state } = this;
    if (state.phase === 'superseded') return state.otherNonce;
    const found = 'preflight' in state ? state.preflight?.found : undefined;
    return nonceSchema.parse(found);
  }
}
