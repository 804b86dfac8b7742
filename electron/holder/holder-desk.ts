import type { HolderView } from '../../shared/contract/holder.ts';
import type { Digest, ProfileId } from '../../shared/ids.ts';
import { matchProfile } from '../../shared/offline/match-profile.ts';
import type { PartEvent, PartEventOf } from '../../shared/part/events.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Keychain } from '../keychain/keychain.ts';
import * as deskTrouble from '../offline/desk-trouble.ts';
import { InvitationTable, type InvitationTableOptions } from '../offline/invitation-table.ts';
import type { PartBook } from '../offline/part-book.ts';
import type { Connection } from '../vault/connection.ts';
import { giveDirect, mustTakeShares, rereadOf, type GivenDirect } from './give-direct.ts';
import * as trouble from './holder-trouble.ts';
import { Lookout } from './lookout.ts';
import type { Route, Seen } from './see-attempt.ts';
import { TokenShelf } from './token-shelf.ts';

export interface HolderDeskOptions extends Pick<
  InvitationTableOptions,
  'parcels' | 'signers' | 'ownFingerprint'
> {
  /** The record of what is done here. */
  readonly part: PartBook;
  /** Every cluster this laptop has a profile of; the way to one of them. */
  readonly profiles: () => readonly Profile[];
  readonly connect: (profile: ProfileId) => Promise<Connection>;
  readonly keychain: () => Keychain;
  changed(view: HolderView): void;
}

/**
 * The laptop of a holder: an invitation is followed to Vault by this laptop's own profile, and a share
 * given from here. One thing after the other: a share on its way is waited for, even by a lock or a quit.
 */
export class HolderDesk {
  /** The invitation that is followed, and the share that is sealed to it. */
  readonly invited: InvitationTable;
  readonly #options: HolderDeskOptions;
  readonly #shelf: TokenShelf;
  readonly #lookout: Lookout;
  #leftOver: readonly string[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: HolderDeskOptions) {
    this.#options = options;
    this.#shelf = new TokenShelf(options);
    this.#lookout = new Lookout(options.connect);
    this.invited = new InvitationTable({
      ...options,
      record: (event) => this.#record(event),
      changed: () => this.#tell(),
    });
  }

  view(): HolderView {
    const { state } = this.#options.part.open ?? {};
    const kept = this.#shelf.view();
    const { seen } = this.#lookout;
    return {
      ...this.invited.view(),
      ...this.#routeView(),
      ...(seen ? { seen } : {}),
      gave: [...(state?.gave ?? [])],
      newRound: state !== undefined && state.gaveBefore > 0 && state.gave.length === 0,
      ...(state?.pending ? { pending: state.pending.holder } : {}),
      doubtful: [...(state?.doubtful ?? [])],
      ...(kept ? { kept } : {}),
      leftOver: [...this.#leftOver],
    };
  }

  /** After a start: a token that is kept is offered again; everything else that was left open ends. */
  takeUp(): Promise<void> {
    return this.#inTurn(async () => {
      const ended = await this.#options.part.takeUp((id, state) => this.#shelf.goOn(id, state));
      this.#leftOver = ended.flatMap(({ pending }) => (pending ? [pending.holder] : []));
    });
  }

  /** @throws Trouble `input.invalid` for what is no invitation or was altered; `rule.not-now`. */
  takeInvitation(bytes: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      this.#mustBeFree();
      await this.invited.take(bytes);
      this.#lookout.forget();
    });
  }

  trustSigner(fingerprint: Digest, comparedBy: string, agreedBy: string): Promise<void> {
    return this.#inTurn(() => this.invited.trustSigner(fingerprint, comparedBy, agreedBy));
  }

  /**
   * Reads how the attempt stands, and settles a share whose reply was lost. What keeps it from being
   * read is in the view.
   */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#shelf.view()) return;
      try {
        await this.#settle(await this.#lookout.look(await this.#route()));
      } catch (thrown) {
        this.#lookout.failed(thrown);
      }
    });
  }

  /** Looks, and refuses where no share may be given from here now. @throws Trouble. */
  async mayGive(): Promise<void> {
    this.#mustHaveNoToken();
    await this.#route();
    await this.look();
    this.#mustBeFree();
    const { seen } = this.#lookout;
    if (seen) mustTakeShares(seen);
  }

  /** What the share page shows. @throws Trouble where nothing can be given. */
  async giving(): Promise<{
    readonly route: Route;
    readonly progress: number;
    readonly required: number;
  }> {
    const route = await this.#route();
    const { seen } = this.#lookout;
    const open = seen?.state === 'open' ? seen : undefined;
    return {
      route,
      progress: open?.progress ?? 0,
      required: open?.required ?? route.invitation.required,
    };
  }

  /** The holder heard the same words. @throws Trouble `rule.not-now`, `journal.*`. */
  async compared(holder: string): Promise<void> {
    const { invitation } = await this.invited.good();
    if (!invitation.holders.includes(holder)) throw deskTrouble.notInvited;
    await this.#record({ type: 'words.compared', holder, nonce: invitation.nonce });
  }

  /** @throws Trouble whenever it was not counted or it is not known whether it was. */
  give(
    holder: string,
    share: Secret<'share'>,
    openedWith?: PartEventOf<'share.intended'>['openedWith'],
  ): Promise<GivenDirect> {
    return this.#inTurn(async () => {
      this.#mustBeFree();
      const route = await this.#route();
      if (!route.invitation.holders.includes(holder)) throw deskTrouble.notInvited;
      const { state } = this.#options.part.open ?? {};
      if (!state?.comparedBy.includes(holder)) throw trouble.wordsNotCompared;
      const { doubtful } = state;
      return this.#lookout.at(route, (connection, node) =>
        giveDirect(
          {
            connection,
            route,
            node,
            doubtful,
            record: (event) => this.#record(event),
            keep: (token) => this.#shelf.keep(token),
            saw: (seen) => this.#lookout.saw(seen),
          },
          holder,
          share,
          openedWith,
        ),
      );
    });
  }

  keepToken(): Promise<void> {
    return this.#inTurn(() => this.#shelf.keepAgain());
  }

  offerToken(to: string): Promise<void> {
    return this.#inTurn(() => this.#shelf.offer(to));
  }

  /** The work here is done with it. */
  tokenHanded(to: string, by: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#shelf.handed(to, by);
      await this.#forgetAll('cleared');
    });
  }

  forgetToken(by: string, why: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#shelf.forget(by, why);
      await this.#forgetAll('cleared');
    });
  }

  note(by: string, note: string): Promise<void> {
    return this.#record({ type: 'note.added', by, note });
  }

  /**
   * Forgets what lies here, and ends its record. A token that is kept stays kept.
   *
   * @throws Trouble `journal.*`; and where a token is in memory alone and the keychain still refuses it.
   */
  clear(why: PartEventOf<'part.ended'>['why']): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#shelf.unkept)
        await this.#shelf.keepAgain().catch((thrown: unknown) => {
          if (why !== 'quit') throw thrown;
        });
      await this.#forgetAll(why);
    });
  }

  async #forgetAll(why: PartEventOf<'part.ended'>['why']): Promise<void> {
    this.invited.clear();
    this.#lookout.forget();
    this.#leftOver = [];
    await this.#options.part.end(why);
  }

  /** @throws Trouble `rule.not-now`, `profile.unknown`. */
  async #route(): Promise<Route> {
    const { invitation } = await this.invited.good();
    const matched = matchProfile(invitation, this.#options.profiles());
    if (!matched.ok) throw new Trouble(matched.problem);
    return { invitation, profile: matched.profile };
  }

  #routeView(): Pick<HolderView, 'route'> {
    const known = this.invited.cluster();
    if (!known) return {};
    const matched = matchProfile(known, this.#options.profiles());
    return {
      route: matched.ok
        ? { state: 'profile', name: matched.profile.name }
        : { state: 'none', problem: matched.problem },
    };
  }

  async #settle(seen: Seen): Promise<void> {
    const pending = this.#options.part.open?.state.pending;
    if (pending && !pending.unknown)
      await this.#record({ type: 'share.unknown', problem: trouble.notRecorded });
    const reread = pending && rereadOf(pending, seen);
    if (reread) await this.#record(reread);
    const { state } = this.#options.part.open ?? {};
    if (seen.state === 'open' && state && !state.pending && seen.progress < state.counted)
      await this.#record({ type: 'round.began', progress: seen.progress });
  }

  #mustBeFree(): void {
    this.#mustHaveNoToken();
    if (this.#options.part.open?.state.pending) throw trouble.underWay;
  }

  #mustHaveNoToken(): void {
    if (this.#shelf.view()) throw trouble.tokenWaits;
  }

  #record(event: PartEvent): Promise<void> {
    return this.#options.part.write(event, this.invited.about());
  }

  #tell(): void {
    this.#options.changed(this.view());
  }

  /** Whatever was done, the screen hears of it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work).finally(() => this.#tell());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
