import { randomUUID } from 'node:crypto';

/** What a practice node answers. Its texts are Vault's protocol, quoted, not the app's own words. */
export interface Reply {
  readonly status: number;
  readonly json?: Readonly<Record<string, unknown>>;
  /** In place of `json`: bytes as they are. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Delivered even though the node is going away; the connection closes behind it. */
  readonly lastWords?: true;
}

/** Vault's one form of refusal: `{"errors":[…]}`. */
export const refuse = (status: number, ...errors: readonly string[]): Reply => ({
  status,
  json: { errors },
});

export const flat = (fields: Readonly<Record<string, unknown>>): Reply => ({
  status: 200,
  json: fields,
});

export const noContent: Reply = { status: 204 };

/** The envelope of Vault's logical layer: the fields inside `data`, the rest around them. */
export const logical = (
  data: Readonly<Record<string, unknown>> | null,
  warnings: readonly string[] | null = null,
): Reply => ({
  status: 200,
  json: {
    request_id: randomUUID(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data,
    wrap_info: null,
    warnings,
    auth: null,
  },
});

/** As `logical`, for a call that hands out or renews a token. */
export const withAuth = (
  auth: Readonly<Record<string, unknown>>,
  warnings: readonly string[] | null,
): Reply => {
  const reply = logical(null, warnings);
  return { ...reply, json: { ...reply.json, auth } };
};

export const sealedReply = (): Reply => refuse(503, 'Vault is sealed');
export const permissionDenied = (status: 400 | 403 = 403): Reply =>
  refuse(status, 'permission denied');
/** A wrong method: Vault names no error. */
export const wrongMethod = (): Reply => refuse(405);
