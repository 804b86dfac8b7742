import { z } from 'zod';
import { profileSchema, type Profile } from '../shared/profile.ts';

export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export interface SettingsData {
  readonly version: 1;
  readonly profiles: readonly Profile[];
  readonly preferences: Preferences;
}

export const defaults: SettingsData = {
  version: 1,
  profiles: [],
  preferences: { theme: 'system' },
};

/** The file's frame; profiles are looked at one by one, so that one bad one spoils no other. */
export const frameSchema = z.strictObject({
  version: z.literal(1),
  profiles: z.array(z.unknown()),
  preferences: preferencesSchema,
});

export type ParsedProfile =
  | { readonly ok: true; readonly profile: Profile }
  /** Which fields, never what is in them. */
  | { readonly ok: false; readonly why: string };

/** A profile as it may lie on disk: what the schema allows, and nothing secret inside a field. */
export function parseStoredProfile(candidate: unknown): ParsedProfile {
  const parsed = storedProfileSchema.safeParse(candidate);
  if (parsed.success) return { ok: true, profile: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue?.code === 'custom') return { ok: false, why: issue.message };
  const fields = new Set(parsed.error.issues.map((each) => each.path.join('.') || 'its fields'));
  return { ok: false, why: `${[...fields].join(', ')} is not as expected` };
}

/** Where a secret could slip in: a key pasted with any cluster's certificates, a proxy's password. */
const storedProfileSchema = profileSchema
  .refine((profile) => !authoritiesIn(profile).some((pem) => /PRIVATE KEY/.test(pem)), {
    message: 'the CA text holds a private key, and only certificates belong there',
    path: ['tls', 'caPem'],
  })
  .refine((profile) => !/^http:\/\/[^/]*@/.test(profile.proxy ?? ''), {
    message: 'the proxy address holds a user name or password, and settings keep no secret',
    path: ['proxy'],
  });

const authoritiesIn = ({ tls, primaryTls, others }: Profile): readonly string[] =>
  [tls, primaryTls, ...(others ?? []).map((other) => other.tls)].map((each) => each?.caPem ?? '');
