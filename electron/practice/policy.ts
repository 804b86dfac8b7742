import { readHcl } from './policy-text.ts';

export const capabilities = [
  'create',
  'delete',
  'deny',
  'list',
  'patch',
  'read',
  'sudo',
  'update',
] as const;
export type Capability = (typeof capabilities)[number];

/** One `path "…" { capabilities = […] }` of a policy. */
export interface PathRule {
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

export type ReadPolicy =
  | { readonly ok: true; readonly rules: readonly PathRule[] }
  | { readonly ok: false; readonly error: string };

/** A policy's text, HCL or JSON, as its rules. Of a rule only `capabilities` is understood. */
export function readPolicy(text: string): ReadPolicy {
  const read = text.trimStart().startsWith('{') ? readJson(text) : readHcl(text);
  if (!read.ok) return read;
  const rules: PathRule[] = [];
  for (const { path, names } of read.rules) {
    const unknown = names.find((name) => !isCapability(name));
    if (unknown !== undefined) {
      return { ok: false, error: `path "${path}": invalid capability "${unknown}"` };
    }
    if (path.includes('+*')) {
      return { ok: false, error: `path "${path}": invalid use of wildcards ('+*' is forbidden)` };
    }
    // Vault drops a leading slash.
    rules.push({ path: path.replace(/^\//, ''), capabilities: names.filter(isCapability) });
  }
  return { ok: true, rules };
}

/**
 * What these rules together allow on `path`, sorted; `['deny']` where nothing fits. The most
 * particular rule decides alone; the same path in several policies adds up, and deny wins.
 */
export function capabilitiesOn(rules: readonly PathRule[], path: string): readonly Capability[] {
  const fitting = rules.filter((rule) => fits(rule.path, path));
  const best = fitting.reduce<PathRule | undefined>(
    (so, rule) => (so === undefined || isMoreParticular(rule.path, so.path) ? rule : so),
    undefined,
  );
  const all = new Set(
    fitting.filter((rule) => rule.path === best?.path).flatMap((rule) => rule.capabilities),
  );
  if (all.size === 0 || all.has('deny')) return ['deny'];
  return [...all].sort();
}

/** `*` is a glob at the very end only; `+` stands for one whole segment. */
function fits(pattern: string, path: string): boolean {
  const glob = pattern.endsWith('*');
  const segments = (glob ? pattern.slice(0, -1) : pattern).split('/');
  const source = segments
    .map((segment) =>
      segment === '+' ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
    )
    .join('/');
  return new RegExp(`^${source}${glob ? '' : '$'}`).test(path);
}

/** Vault's order among patterns that fit one path (its policy documentation, "priority matching"). */
function isMoreParticular(one: string, other: string): boolean {
  const [a, b] = [rankOf(one), rankOf(other)];
  for (const [at, rank] of a.entries()) {
    const against = b[at] ?? 0;
    if (rank !== against) return rank > against;
  }
  return one > other;
}

/** First wildcard late, no glob at the end, few `+`, long: each counts before the next. */
function rankOf(pattern: string): readonly number[] {
  const glob = pattern.endsWith('*');
  const plus = pattern.split('/').filter((segment) => segment === '+').length;
  const firstPlus = pattern.search(/(^|\/)\+(\/|\*?$)/);
  const first = firstPlus >= 0 ? firstPlus : glob ? pattern.length - 1 : Infinity;
  return [first, glob ? 0 : 1, -plus, pattern.length];
}

const isCapability = (name: string): name is Capability =>
  capabilities.some((capability) => capability === name);

export interface NamedCapabilities {
  readonly path: string;
  readonly names: readonly string[];
}

export type ReadRules =
  | { readonly ok: true; readonly rules: readonly NamedCapabilities[] }
  | { readonly ok: false; readonly error: string };

function readJson(text: string): ReadRules {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, error: 'invalid character in the JSON of the policy' };
  }
  const rules: NamedCapabilities[] = [];
  for (const [path, rule] of membersOf(Object.fromEntries(membersOf(value))['path'])) {
    const names: unknown = Object.fromEntries(membersOf(rule))['capabilities'];
    const unknown = membersOf(rule).find(([key]) => key !== 'capabilities');
    if (unknown !== undefined) return { ok: false, error: `invalid key "${unknown[0]}"` };
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
      return { ok: false, error: `path "${path}": capabilities must be a list of names` };
    }
    rules.push({ path, names });
  }
  return { ok: true, rules };
}

const membersOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
