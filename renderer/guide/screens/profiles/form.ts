import { z } from 'zod';
import {
  colours,
  sealSchema,
  type Profile,
  type ProfileDraft,
} from '../../../../shared/profile.ts';
import { siteRulesSchema, usualRules } from '../../../../shared/site-rules.ts';

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
  rules: siteRulesSchema,
});
export type ProfileForm = z.infer<typeof formSchema>;
export type FieldErrors = Readonly<Partial<Record<keyof ProfileForm, string>>>;

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
  rules: usualRules,
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
    rules: profile.rules ?? usualRules,
  };
}

type TextField = Exclude<keyof ProfileForm, 'colour' | 'seal' | 'rules'>;
const textFields = Object.keys(emptyForm).filter(
  (field): field is TextField => field !== 'colour' && field !== 'seal' && field !== 'rules',
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
  rules: 'Rules of the ceremony',
};
