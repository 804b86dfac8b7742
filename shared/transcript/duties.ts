import type { CeremonyEvent, EventOf } from '../ceremony/events.ts';
import { siteRuleIds, usualRules, type SiteRule, type SiteRules } from '../site-rules.ts';
import { holderNames } from '../ceremony/roster.ts';
import { Collector, type Listed } from './listed.ts';

export const dutyIds = [
  'enough-holders',
  'operator-is-not-witness',
  'holders-are-on-the-roster',
  'one-share-for-each-holder',
  'nonce-confirmed-before-each-share',
  'second-person-is-not-operator',
  'second-person-authenticated',
] as const;
export type DutyId = (typeof dutyIds)[number];

/** One rule of the separation of duties, and what the record says of it. */
export interface Duty {
  readonly id: DutyId;
  /**
   * `not-asked`: nothing on the record for this rule to judge. `not-checked`: a signature stands for it
   * that was not checked here.
   */
  readonly met: 'yes' | 'no' | 'not-asked' | 'not-checked';
  /** Whether it bound: the site may not keep it, or a recorded deviation set it aside. */
  readonly bound: 'always' | 'in-force' | 'not-kept' | 'set-aside';
  /** The lines that say no, each with its reason. */
  readonly against: Listed<{ readonly line: number; readonly says: string }>;
}

interface Judged {
  asked: boolean;
  readonly against: Collector<{ line: number; says: string }>;
}

/**
 * Who did what, held against who may. It judges names as they were typed: that a name is the
 * person's is for the people in the room to know.
 */
export class DutyWatch {
  readonly #judged = new Map<DutyId, Judged>();
  #rules: SiteRules = usualRules;
  readonly #setAside = new Set<SiteRule>();
  #operator: string | undefined;
  readonly #holders = new Set<string>();
  /** Since the attempt began. */
  readonly #confirmed = new Set<string>();
  /** In this round: a round whose shares did not combine is given again by the same people. */
  readonly #gave = new Set<string>();
  #giving: { readonly line: number; readonly holder: string } | undefined;

  take(line: number, event: CeremonyEvent): void {
    switch (event.type) {
      case 'ceremony.opened':
      case 'cluster.changed':
        this.#rules = event.cluster.rules ?? usualRules;
        return;
      case 'deviation.recorded':
        if (event.rule) this.#setAside.add(event.rule);
        return;
      case 'roster.set':
        return this.#roster(line, event);
      case 'attempt.started':
      case 'attempt.joined':
        this.#judge(
          'enough-holders',
          line,
          this.#holders.size >= stillNeeded(event),
          () =>
            `${stillNeeded(event)} shares were needed, and ${this.#holders.size} holders named.`,
        );
        this.#confirmed.clear();
        this.#gave.clear();
        return;
      case 'round.failed':
        this.#gave.clear();
        return;
      case 'attempt.returned':
        // It came back with fewer shares than were given: a new round.
        if (event.progress < this.#gave.size) this.#gave.clear();
        return;
      case 'nonce.confirmed':
        this.#confirmed.add(plain(event.holder));
        return;
      case 'share.intended':
        return this.#share(line, event);
      case 'share.accepted':
      case 'token.encoded.kept':
        return this.#counted();
      case 'promote.intended':
        return this.#promote(line, event);
      default:
        return;
    }
  }

  result(): readonly Duty[] {
    return dutyIds.map((id) => {
      const judged = this.#judged.get(id);
      const against = judged?.against.listed() ?? { total: 0, first: [] };
      const bound = this.#bound(id);
      if (judged?.asked !== true) return { id, met: 'not-asked', bound, against };
      return { id, met: against.total === 0 ? 'yes' : 'no', bound, against };
    });
  }

  #bound(id: DutyId): Duty['bound'] {
    const rule = siteRuleIds.find((one) => one === id);
    if (rule === undefined) return 'always';
    if (!this.#rules[rule]) return 'not-kept';
    return this.#setAside.has(rule) ? 'set-aside' : 'in-force';
  }

  #roster(line: number, { roster }: EventOf<'roster.set'>): void {
    this.#operator = roster.operator;
    this.#holders.clear();
    for (const holder of holderNames(roster)) this.#holders.add(plain(holder));
    const { operator, witness } = roster;
    if (witness === undefined) return;
    this.#judge(
      'operator-is-not-witness',
      line,
      !same(operator, witness),
      () => `${operator} is operator and witness.`,
    );
  }

  #share(line: number, { holder }: EventOf<'share.intended'>): void {
    const name = plain(holder);
    this.#giving = { line, holder };
    this.#judge(
      'holders-are-on-the-roster',
      line,
      this.#holders.has(name),
      () => `${holder} gave a share and is not on the roster.`,
    );
    this.#judge(
      'nonce-confirmed-before-each-share',
      line,
      this.#confirmed.has(name),
      () => `${holder} had not confirmed the nonce.`,
    );
  }

  #counted(): void {
    const giving = this.#giving;
    if (giving === undefined) return;
    this.#giving = undefined;
    const { line, holder } = giving;
    const name = plain(holder);
    this.#judge(
      'one-share-for-each-holder',
      line,
      !this.#gave.has(name),
      () => `${holder} gave more than one share.`,
    );
    this.#gave.add(name);
  }

  #promote(line: number, event: EventOf<'promote.intended'>): void {
    const { operator, secondPerson, secondPersonProof } = event;
    const apart = !same(operator, secondPerson) && !same(this.#operator ?? operator, secondPerson);
    this.#judge(
      'second-person-is-not-operator',
      line,
      apart,
      () => `${secondPerson} is operator and second person.`,
    );
    this.#judge(
      'second-person-authenticated',
      line,
      authenticates(secondPersonProof),
      () => `${secondPerson}: name typed, not authenticated.`,
    );
  }

  #judge(id: DutyId, line: number, met: boolean, says: () => string): void {
    const judged = this.#judged.get(id) ?? { asked: false, against: new Collector() };
    judged.asked = true;
    if (!met) judged.against.add({ line, says: says() });
    this.#judged.set(id, judged);
  }
}

/** A typed name proves nothing; every other proof that can stand on a record does. */
const authenticates = (proof: string): boolean => proof !== 'name typed, not authenticated';

/** A name as people mean it: case, width, accents' coding, spaces and unseen marks aside. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const same = (one: string, other: string): boolean => plain(one) === plain(other);

/** How many shares are still to be given when an attempt begins here, or is joined. */
const stillNeeded = (event: EventOf<'attempt.started' | 'attempt.joined'>): number =>
  event.type === 'attempt.joined' ? event.required - event.progress : event.required;
