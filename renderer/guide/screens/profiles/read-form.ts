import { profileDraftSchema, type ProfileDraft } from '../../../../shared/profile.ts';
import { siteRuleIds, usualRules } from '../../../../shared/site-rules.ts';
import type { FieldErrors, ProfileForm } from './form.ts';
import { readOthers } from './read-others.ts';
import { errorsAt, given, readLines, tlsErrors, tlsOf, type ReadAddress } from './read-parts.ts';

export type ReadForm =
  | { readonly ok: true; readonly draft: ProfileDraft }
  | { readonly ok: false; readonly errors: FieldErrors };

/** Turns what was typed into a profile, or says at each field what is wrong. All errors at once. */
export async function readForm(form: ProfileForm, readAddress: ReadAddress): Promise<ReadForm> {
  const nodes = await readLines(form.nodes, readAddress);
  const primaryNodes = await readLines(form.primaryNodes, readAddress);
  const clientAddress = await readLines(form.clientAddress, readAddress);
  const others = await readOthers(form, readAddress);
  const errors: FieldErrors = {
    ...plainErrors(form),
    ...(nodes.error ? { nodes: nodes.error } : {}),
    ...(primaryNodes.error ? { primaryNodes: primaryNodes.error } : {}),
    ...(clientAddress.error ? { clientAddress: clientAddress.error } : {}),
    ...(form.primaryTls ? errorsAt('primaryTls', tlsErrors(form.primaryTls)) : {}),
    ...others.errors,
  };
  if (Object.keys(errors).length > 0 || !form.seal) return { ok: false, errors };

  const parsed = profileDraftSchema.safeParse({
    name: form.name,
    colour: form.colour,
    nodes: nodes.addresses,
    primaryNodes: primaryNodes.addresses,
    seal: form.seal,
    ...given('namespace', form.namespace),
    ...given('proxy', form.proxy),
    ...given('clientAddress', clientAddress.addresses[0] ?? ''),
    ...(form.primaryTls ? { primaryTls: tlsOf(form.primaryTls) } : {}),
    ...(others.neighbours.length > 0 ? { others: others.neighbours } : {}),
    ...(siteRuleIds.every((rule) => form.rules[rule] === usualRules[rule])
      ? {}
      : { rules: form.rules }),
    tls: tlsOf(form),
  });
  if (parsed.success) return { ok: true, draft: parsed.data };
  return { ok: false, errors: Object.fromEntries(parsed.error.issues.map(atField)) };
}

function plainErrors(form: ProfileForm): FieldErrors {
  const errors: { -readonly [F in keyof FieldErrors]?: string } = { ...tlsErrors(form) };
  if (form.name.trim() === '')
    errors.name = 'A name belongs here. It is typed again before anything irreversible.';
  if (form.nodes.trim() === '')
    errors.nodes = 'At least one node belongs here, by its own address.';
  if (!form.seal) errors.seal = "One of the two belongs here: the prompts use the seal's own word.";
  if (form.clientAddress.trim().includes('\n'))
    errors.clientAddress = 'One address belongs here: the one that clients use.';
  return errors;
}

/** The schema's limits in words. What is not listed can only be too long. */
function atField(issue: { path: readonly PropertyKey[] }): [string, string] {
  const path = issue.path.map(String);
  const field = (path[0] === 'tls' ? path.slice(1) : path).join('.');
  switch (path.at(-1)) {
    case 'proxy':
      return [field, 'A proxy is given as http://host:port.'];
    case 'nodes':
    case 'primaryNodes':
      return [field, 'At most 50 nodes can be listed.'];
    case 'others':
      return [field, 'At most 50 other clusters can be listed.'];
    default:
      return [field, 'This is longer than it can be.'];
  }
}
