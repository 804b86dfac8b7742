import type { PromoteContext, PromoteRequest } from './main.ts';
import { comparison } from './comparison.ts';

/** What people have entered so far, exactly as typed. */
export interface PromoteForm {
  readonly clusterName: string;
  readonly secondPerson: string;
  readonly pin: string;
  /** Armored. */
  readonly signature: string;
  readonly primaryClusterAddr: string;
  readonly force: boolean;
  readonly forceAccepted: string;
}

export const emptyForm: PromoteForm = {
  clusterName: '',
  secondPerson: '',
  pin: '',
  signature: '',
  primaryClusterAddr: '',
  force: false,
  forceAccepted: '',
};

export type FieldName =
  'cluster-name' | 'second-person' | 'pin' | 'signature' | 'address' | 'force';

export interface Missing {
  readonly field: FieldName;
  readonly says: string;
}

/**
 * Whether Promote may be sent. `closed` cannot be opened by typing; `wanting` names what is still to
 * be entered; only `ready` carries a request.
 */
export type Readiness =
  | { readonly state: 'closed'; readonly because: readonly string[] }
  | { readonly state: 'wanting'; readonly missing: readonly Missing[] }
  | { readonly state: 'ready'; readonly request: PromoteRequest };

export function readiness(context: PromoteContext, form: PromoteForm): Readiness {
  const because = [...context.stops, ...mismatches(context)];
  if (because.length > 0) return { state: 'closed', because };
  const missing = [
    ...wantClusterName(context, form),
    ...wantSecondPerson(context, form),
    ...wantFactor(context, form),
    ...wantAddress(form),
    ...wantForce(context, form),
  ];
  if (missing.length > 0) return { state: 'wanting', missing };
  return { state: 'ready', request: requestFrom(context, form) };
}

/** A second reading of the pins: the button stays closed even if main forgot to say so. */
function mismatches(context: PromoteContext): readonly string[] {
  return comparison(context)
    .filter(({ verdict }) => verdict === 'differs')
    .map(({ name, reported, expected }) => `${name} is “${reported}”, not “${expected}”.`);
}

function wantClusterName({ banner }: PromoteContext, form: PromoteForm): readonly Missing[] {
  if (form.clusterName.trim() === banner.cluster) return [];
  return [{ field: 'cluster-name', says: `The cluster’s name, exactly: ${banner.cluster}` }];
}

function wantSecondPerson(
  { operator, rules }: PromoteContext,
  form: PromoteForm,
): readonly Missing[] {
  const name = form.secondPerson.trim();
  if (name === '') return [{ field: 'second-person', says: 'The name of a second person' }];
  if (name.length > 120) return [{ field: 'second-person', says: 'A name of at most 120 letters' }];
  if (rules.secondIsNotOperator && sameName(name, operator)) {
    return [{ field: 'second-person', says: `Somebody other than ${operator}, who operates` }];
  }
  return [];
}

/** Whether this second person set a PIN at roster, and so enters it here. */
export const pinAsked = ({ pin }: PromoteContext, form: PromoteForm): boolean =>
  pin !== undefined && sameName(form.secondPerson, pin.person);

/** Whether this second person set an OpenPGP key at roster, and so brings a signature. */
export const signatureAsked = ({ signature }: PromoteContext, form: PromoteForm): boolean =>
  signature !== undefined && sameName(form.secondPerson, signature.person);

function wantFactor(context: PromoteContext, form: PromoteForm): readonly Missing[] {
  const name = form.secondPerson.trim();
  if (signatureAsked(context, form)) {
    if (form.signature.includes('-----BEGIN PGP ')) return [];
    return [{ field: 'signature', says: `The signature of ${name}, as text (gpg --armor)` }];
  }
  if (pinAsked(context, form)) {
    if (context.pin?.triesLeft === 0)
      return [{ field: 'pin', says: `The PIN of ${name} was wrong too often and is of no use` }];
    return form.pin === '' ? [{ field: 'pin', says: `The PIN that ${name} set at roster` }] : [];
  }
  if (name === '' || !context.rules.factorRequired) return [];
  const wanted =
    context.pin?.person ??
    context.signature?.person ??
    'somebody with a PIN or a key set at roster';
  return [
    {
      field: 'second-person',
      says: `A PIN or a signature is required here: the second person is ${wanted}`,
    },
  ];
}

/** Vault hands this address to its future secondaries; it must be one they can dial. */
function wantAddress(form: PromoteForm): readonly Missing[] {
  const address = form.primaryClusterAddr.trim();
  if (address === '') return [];
  if (address.length <= 300 && /^https:\/\/(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(address)) {
    return [];
  }
  return [{ field: 'address', says: 'An address like https://vault.example.org:8201, or nothing' }];
}

function wantForce(context: PromoteContext, form: PromoteForm): readonly Missing[] {
  if (
    !form.force ||
    (context.forceOffered && form.forceAccepted.trim() === context.forceSentence)
  ) {
    return [];
  }
  return [{ field: 'force', says: 'The sentence that accepts the loss, exactly as it is written' }];
}

function requestFrom(context: PromoteContext, form: PromoteForm): PromoteRequest {
  const address = form.primaryClusterAddr.trim();
  return {
    clusterName: form.clusterName.trim(),
    secondPerson: form.secondPerson.trim(),
    ...(pinAsked(context, form) ? { pin: form.pin } : {}),
    ...(signatureAsked(context, form) ? { signature: form.signature } : {}),
    ...(address === '' ? {} : { primaryClusterAddr: address }),
    ...(form.force ? { force: { accepted: form.forceAccepted.trim() } } : {}),
  };
}

const sameName = (one: string, other: string): boolean => folded(one) === folded(other);
const folded = (name: string): string =>
  name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('en');
