import { utf8 } from '@scure/base';
import { z } from 'zod';
import { longestParcel } from './offline/parcel.ts';
import { profileSchema, type Profile } from './profile.ts';
import { canonical, parseCanonical } from './transcript/canonical.ts';

/*
 * What another Keyturn needs to take part in a practice: the profile of its clusters, and the client
 * certificate that they ask for. The key in it opens nothing but practice clusters on this machine, and
 * ends with them.
 */

const pem = z.string().min(1).max(8000);

const accessSchema = z.strictObject({
  v: z.literal(1),
  what: z.literal('keyturn-practice-access'),
  profile: profileSchema,
  certificate: z.strictObject({ certPem: pem, keyPem: pem }),
});
export type PracticeAccess = z.infer<typeof accessSchema>;

export const practiceAccessBytes = (access: Omit<PracticeAccess, 'v' | 'what'>): Uint8Array =>
  utf8.decode(canonical({ v: 1, what: 'keyturn-practice-access', ...access }));

/**
 * Practice clusters listen on loopback only, so an access that leads anywhere else is none: nobody can
 * bring a real cluster into Keyturn this way.
 *
 * @returns `undefined` for what is no access to a practice.
 */
export function readPracticeAccess(bytes: Uint8Array): PracticeAccess | undefined {
  if (bytes.length > longestParcel) return undefined;
  try {
    const parsed = parseCanonical(utf8.encode(bytes));
    const access = parsed.ok ? accessSchema.safeParse(parsed.value).data : undefined;
    return access && isPractice(access.profile) ? access : undefined;
  } catch {
    return undefined;
  }
}

const isPractice = (profile: Profile): boolean =>
  profile.kind === 'practice' &&
  profile.id.startsWith('practice-') &&
  profile.proxy === undefined &&
  addressesOf(profile).every((address) => loopback.test(address));

const loopback = /^https:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:|$)/;

const addressesOf = ({
  nodes,
  primaryNodes,
  clientAddress,
  others,
}: Profile): readonly string[] => [
  ...nodes,
  ...primaryNodes,
  ...(clientAddress === undefined ? [] : [clientAddress]),
  ...(others ?? []).flatMap((other) => other.nodes),
];
