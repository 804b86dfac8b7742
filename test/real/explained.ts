import { isBao } from './server.ts';

/** What is compared of a reply: the status, the names of the fields one level deep, the words of an error. */
export interface Told {
  readonly status: number;
  readonly fields: readonly string[];
  readonly errors: readonly string[];
}

interface Explanation {
  readonly why: string;
  /** Fields that only one of them has; every other field must be on both sides. */
  readonly onlyReal?: readonly string[];
  readonly onlyPractice?: readonly string[];
  /** Their texts, where they differ. */
  readonly texts?: { readonly real: RegExp; readonly practice: RegExp };
}

/** Where OpenBao and the practice cluster, which plays Vault Enterprise, differ, and why that is well. */
const onOpenBao: readonly Explanation[] = [
  {
    why: 'OpenBao has commit_date in place of build_date, and no removed_from_cluster. The app reads none of them.',
    onlyReal: ['commit_date'],
    onlyPractice: ['build_date', 'removed_from_cluster'],
  },
  {
    why: 'Fields of Vault Enterprise and of newer versions of Vault. The app reads each as one that may be absent.',
    onlyPractice: [
      'clock_skew_ms',
      'echo_duration_ms',
      'enterprise',
      'last_wal',
      'license',
      'performance_standby',
      'replication_primary_canary_age_ms',
    ],
  },
  {
    why: 'OpenBao leaves out is_self where it is false, active_time with it, and what only Enterprise has. The app takes an absent is_self for "no".',
    onlyPractice: [
      'active_time',
      'is_self',
      'last_wal',
      'performance_standby',
      'performance_standby_last_remote_wal',
    ],
  },
  {
    why: 'OpenBao keeps versions of policies. The app reads the text only.',
    onlyReal: [
      'data.allow_slashes_in_identity_templates',
      'data.allow_wildcards_in_identity_templates',
      'data.cas_required',
      'data.modified',
      'data.version',
    ],
  },
  {
    why: 'OpenBao words it otherwise. The app never sends an OTP.',
    texts: { real: /^OTP string has incorrect length$/, practice: /^OTP string is wrong length$/ },
  },
  {
    why: 'OpenBao adds "for this namespace". The app looks for the words that both have in common.',
    texts: {
      real: /^root generation already in progress for this namespace$/,
      practice: /^root generation already in progress$/,
    },
  },
  {
    why: 'OpenBao takes an empty body for one without a key. The app always sends a key.',
    texts: {
      real: /^'key' must be specified in request body as JSON$/,
      practice: /^failed to parse JSON input: EOF$/,
    },
  },
  {
    why: 'The inner text differs by version. The app looks for "root generation aborted".',
    texts: { real: /^root generation aborted: /, practice: /^root generation aborted: / },
  },
  {
    why: 'Vault adds "invalid token" to a refusal of one that it does not know. The app looks for "permission denied".',
    texts: { real: /^permission denied$/, practice: /permission denied\n\t\* invalid token/ },
  },
];

/** Why the two differ so; `undefined`: to be looked at. No difference to Vault itself is explained. */
export function whyDiffers(real: Told, practice: Told): string | undefined {
  return (isBao ? onOpenBao : []).find((one) => explains(one, real, practice))?.why;
}

function explains(
  { onlyReal = [], onlyPractice = [], texts }: Explanation,
  real: Told,
  practice: Told,
): boolean {
  if (real.status !== practice.status) return false;
  const more = real.fields.filter((name) => !practice.fields.includes(name));
  const less = practice.fields.filter((name) => !real.fields.includes(name));
  if (!more.every((name) => onlyReal.includes(name))) return false;
  if (!less.every((name) => onlyPractice.includes(name))) return false;
  if (real.errors.join('\n') === practice.errors.join('\n')) return true;
  return (
    texts !== undefined &&
    texts.real.test(real.errors.join('\n')) &&
    texts.practice.test(practice.errors.join('\n'))
  );
}
