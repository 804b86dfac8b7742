import { z } from 'zod';
import { digestSchema, nodeAddressSchema, profileIdSchema, instantSchema } from './ids.ts';
import { comparisonSchema } from './ceremony/lag.ts';
import { siteRulesSchema } from './site-rules.ts';
import { isWholeText } from './whole-text.ts';

export const colours = ['teal', 'violet', 'amber', 'rose', 'blue', 'green', 'slate'] as const;

/** The primary's seal decides what its DR shares are called (reference: Vault docs, "Seals"). */
export const sealSchema = z.enum(['shamir', 'auto-unseal']);
export type Seal = z.infer<typeof sealSchema>;

/** The word the primary's people use for a share. */
export const shareWord = (seal: Seal): 'unseal key' | 'recovery key' =>
  seal === 'shamir' ? 'unseal key' : 'recovery key';

const name = z.string().refine(isWholeText).trim().min(1).max(80);
const pem = z.string().max(256_000);

export const tlsSchema = z.strictObject({
  /** CA certificates, PEM. Absent: the system's own. */
  caPem: pem.optional(),
  /** Name asked for by SNI and checked in the certificate, where it differs from the address. */
  serverName: z.string().max(253).optional(),
  /** Paths of a client certificate and its key. Read for each connection, never copied. */
  clientCertFile: z.string().max(4096).optional(),
  clientKeyFile: z.string().max(4096).optional(),
});
export type TlsSettings = z.infer<typeof tlsSchema>;

/** What the first test in daylight saw; preflight stops where the night differs. */
export const pinsSchema = z.strictObject({
  at: instantSchema,
  /** SHA-256 of the DER of the certificate at the end of the chain each node showed. */
  rootFingerprint: digestSchema,
  clusterId: z.string().max(200),
  secondaryId: z.string().max(200).optional(),
});
export type Pins = z.infer<typeof pinsSchema>;

/** Another cluster of the site, for the map and for aftercare: a failover leaves it standing. */
export const neighbourSchema = z.strictObject({
  name,
  colour: z.enum(colours),
  role: z.enum(['performance-secondary', 'dr-secondary']),
  /** For a DR secondary: the name of the performance secondary it follows. */
  follows: name.optional(),
  nodes: z.array(nodeAddressSchema).min(1).max(50),
  /** Absent: as the profile's own. */
  tls: tlsSchema.optional(),
});
export type Neighbour = z.infer<typeof neighbourSchema>;

const profileFields = {
  name,
  colour: z.enum(colours),
  /** Every node of the DR secondary, each by its own address; never a load balancer. */
  nodes: z.array(nodeAddressSchema).min(1).max(50),
  /** Known addresses of the primary's nodes; may be empty. */
  primaryNodes: z.array(nodeAddressSchema).max(50),
  seal: sealSchema,
  /** Sent on ordinary paths only: the ceremony's own paths belong to the root namespace. */
  namespace: z.string().max(400).optional(),
  /** `http://host:port` of a proxy to go through; absent: none, whatever the environment says. */
  proxy: z
    .url({ protocol: /^http$/ })
    .max(300)
    .optional(),
  tls: tlsSchema,
  /** How the primary's nodes show themselves, where it differs from `tls`. */
  primaryTls: tlsSchema.optional(),
  /** The address that clients use: a load balancer or a name. Nothing of the ceremony goes there. */
  clientAddress: nodeAddressSchema.optional(),
  /** The site's other clusters. */
  others: z.array(neighbourSchema).max(50).optional(),
  /** The separation of duties this site keeps; absent: the usual one. */
  rules: siteRulesSchema.optional(),
};

export const profileDraftSchema = z.strictObject(profileFields);
export type ProfileDraft = z.infer<typeof profileDraftSchema>;

/** A DR secondary as the person described it, and what was pinned of it. Never holds a secret. */
export const profileSchema = z.strictObject({
  id: profileIdSchema,
  kind: z.enum(['real', 'practice']),
  ...profileFields,
  pins: pinsSchema.optional(),
  /** Where primary and secondary stood when both were last read. */
  lastComparison: comparisonSchema.optional(),
});
export type Profile = z.infer<typeof profileSchema>;
