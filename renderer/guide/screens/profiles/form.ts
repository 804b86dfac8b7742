import { z } from 'zod';
import {
  colours,
  sealSchema,
  type Profile,
  type ProfileDraft,
  type TlsSettings,
} from '../../../../shared/profile.ts';
import { siteRulesSchema, usualRules } from '../../../../shared/site-rules.ts';

/** How a cluster's nodes show themselves, as it is typed. */
const tlsFormSchema = z.strictObject({
  caPem: z.string(),
  serverName: z.string(),
  clientCertFile: z.string(),
  clientKeyFile: z.string(),
});
export type TlsForm = z.infer<typeof tlsFormSchema>;

/** Another cluster of the site, as it is typed. */
const neighbourFormSchema = z.strictObject({
  name: z.string(),
  colour: z.enum(colours),
  role: z.enum(['performance-secondary', 'dr-secondary']),
  /** Empty: it follows the primary. */
  follows: z.string(),
  nodes: z.string(),
  /** Absent: as the DR secondary's. */
  tls: tlsFormSchema.optional(),
});
export type NeighbourForm = z.infer<typeof neighbourFormSchema>;

/** A cluster's description as it is typed: text only, kept as typed until it is saved. */
export const formSchema = z.strictObject({
  name: z.string(),
  colour: z.enum(colours),
  /** One address a line. */
  nodes: z.string(),
  primaryNodes: z.string(),
  seal: sealSchema.optional(),
  caPem: z.string(),
  serverName: z.string(),
  clientCertFile: z.string(),
  clientKeyFile: z.string(),
  namespace: z.string(),
  proxy: z.string(),
  clientAddress: z.string(),
  /** Absent: as the DR secondary's. */
  primaryTls: tlsFormSchema.optional(),
  others: z.array(neighbourFormSchema),
  rules: siteRulesSchema,
});
export type ProfileForm = z.infer<typeof formSchema>;

type Field = keyof ProfileForm;
/** A field, or one inside a group: `primaryTls.caPem`, `others.2.nodes`. */
export type FieldPath =
  | Field
  | `primaryTls.${keyof TlsForm}`
  | `others.${number}.${Exclude<keyof NeighbourForm, 'tls'> | `tls.${keyof TlsForm}`}`;
export type FieldErrors = Readonly<Partial<Record<FieldPath, string>>>;

/** The field that a path begins with. */
export const fieldOf = (path: string): Field | undefined => {
  const first = path.split('.')[0] ?? '';
  return Object.keys(fieldNames).find((field): field is Field => field === first);
};

export const isForm = (value: unknown): value is ProfileForm => formSchema.safeParse(value).success;

export const emptyForm: ProfileForm = {
  name: '',
  colour: 'teal',
  nodes: '',
  primaryNodes: '',
  caPem: '',
  serverName: '',
  clientCertFile: '',
  clientKeyFile: '',
  namespace: '',
  proxy: '',
  clientAddress: '',
  others: [],
  rules: usualRules,
};

export const emptyTls: TlsForm = {
  caPem: '',
  serverName: '',
  clientCertFile: '',
  clientKeyFile: '',
};

export const emptyNeighbour: NeighbourForm = {
  name: '',
  colour: 'blue',
  role: 'performance-secondary',
  follows: '',
  nodes: '',
};

/** The form for a profile, or for the part of one that the environment names. */
export function formOf(profile: Partial<Profile | ProfileDraft>): ProfileForm {
  return {
    name: profile.name ?? '',
    colour: profile.colour ?? emptyForm.colour,
    nodes: (profile.nodes ?? []).join('\n'),
    primaryNodes: (profile.primaryNodes ?? []).join('\n'),
    ...(profile.seal ? { seal: profile.seal } : {}),
    caPem: profile.tls?.caPem ?? '',
    serverName: profile.tls?.serverName ?? '',
    clientCertFile: profile.tls?.clientCertFile ?? '',
    clientKeyFile: profile.tls?.clientKeyFile ?? '',
    namespace: profile.namespace ?? '',
    proxy: profile.proxy ?? '',
    clientAddress: profile.clientAddress ?? '',
    ...(profile.primaryTls ? { primaryTls: tlsFormOf(profile.primaryTls) } : {}),
    others: (profile.others ?? []).map((other) => ({
      name: other.name,
      colour: other.colour,
      role: other.role,
      follows: other.follows ?? '',
      nodes: other.nodes.join('\n'),
      ...(other.tls ? { tls: tlsFormOf(other.tls) } : {}),
    })),
    rules: profile.rules ?? usualRules,
  };
}

const tlsFormOf = (tls: TlsSettings): TlsForm => ({ ...emptyTls, ...tls });

type TextField = Exclude<Field, 'colour' | 'seal' | 'rules' | 'primaryTls' | 'others'>;
const notText: readonly string[] = ['colour', 'seal', 'rules', 'primaryTls', 'others'];
const textFields = Object.keys(emptyForm).filter(
  (field): field is TextField => !notText.includes(field),
);

/** Fills in what is still empty and leaves alone what was typed; says which fields were which. */
export function fillIn(
  form: ProfileForm,
  offered: ProfileForm,
): { form: ProfileForm; filled: readonly TextField[]; kept: readonly TextField[] } {
  const named = textFields.filter((field) => offered[field] !== '');
  const filled = named.filter((field) => form[field].trim() === '');
  const kept = named.filter((field) => form[field].trim() !== '' && form[field] !== offered[field]);
  const taken = Object.fromEntries(filled.map((field) => [field, offered[field]]));
  return { form: { ...form, ...taken }, filled, kept };
}

/** A private key is a secret and has no place in this window, whatever it was mistaken for. */
export const holdsPrivateKey = (text: string): boolean =>
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text);

/** The fields as people know them, for sentences about them. */
export const fieldNames: Readonly<Record<keyof ProfileForm, string>> = {
  name: 'Name',
  colour: 'Colour',
  nodes: 'Nodes',
  primaryNodes: "The primary's nodes",
  seal: "The primary's seal",
  caPem: 'CA certificates',
  serverName: 'Server name',
  clientCertFile: 'Client certificate',
  clientKeyFile: 'Client key',
  namespace: 'Namespace',
  proxy: 'Proxy',
  clientAddress: "The clients' address",
  primaryTls: "The primary's certificates",
  others: "The site's other clusters",
  rules: 'Rules of the ceremony',
};
