import type { NodeAddress } from '../../../../shared/ids.ts';
import { siteRuleIds, usualRules } from '../../../../shared/site-rules.ts';
import type { Result } from '../../../../shared/problem.ts';
import { profileDraftSchema, type ProfileDraft } from '../../../../shared/profile.ts';
import { holdsPrivateKey, type FieldErrors, type ProfileForm } from './form.ts';

export type ReadAddress = (text: string) => Promise<Result<NodeAddress>>;

export type ReadForm =
  | { readonly ok: true; readonly draft: ProfileDraft }
  | { readonly ok: false; readonly errors: FieldErrors };

/** Turns what was typed into a profile, or says at each field what is wrong. All errors at once. */
export async function readForm(form: ProfileForm, readAddress: ReadAddress): Promise<ReadForm> {
  const nodes = await readLines(form.nodes, readAddress);
  const primaryNodes = await readLines(form.primaryNodes, readAddress);
  const errors: FieldErrors = {
    ...plainErrors(form),
    ...(nodes.error ? { nodes: nodes.error } : {}),
    ...(primaryNodes.error ? { primaryNodes: primaryNodes.error } : {}),
  };
  if (Object.keys(errors).length > 0 || !form.seal) return { ok: false, errors };

  const text = (value: string, name: string) =>
    value.trim() === '' ? {} : { [name]: value.trim() };
  const parsed = profileDraftSchema.safeParse({
    name: form.name,
    colour: form.colour,
    nodes: nodes.addresses,
    primaryNodes: primaryNodes.addresses,
    seal: form.seal,
    ...text(form.namespace, 'namespace'),
    ...text(form.proxy, 'proxy'),
    ...(siteRuleIds.every((rule) => form.rules[rule] === usualRules[rule])
      ? {}
      : { rules: form.rules }),
    tls: {
      ...text(form.caPem, 'caPem'),
      ...text(form.serverName, 'serverName'),
      ...text(form.clientCertFile, 'clientCertFile'),
      ...text(form.clientKeyFile, 'clientKeyFile'),
    },
  });
  if (parsed.success) return { ok: true, draft: parsed.data };
  return { ok: false, errors: Object.fromEntries(parsed.error.issues.map(atField)) };
}

function plainErrors(form: ProfileForm): FieldErrors {
  const errors: { -readonly [F in keyof ProfileForm]?: string } = {};
  if (form.name.trim() === '')
    errors.name = 'A name belongs here. It is typed again before anything irreversible.';
  if (form.nodes.trim() === '')
    errors.nodes = 'At least one node belongs here, by its own address.';
  if (!form.seal) errors.seal = "One of the two belongs here: the prompts use the seal's own word.";
  if (holdsPrivateKey(form.caPem))
    errors.caPem = 'A private key stands here. Only certificates belong in this field.';
  else if (form.caPem.trim() !== '' && !form.caPem.includes('-----BEGIN CERTIFICATE-----'))
    errors.caPem = 'No certificate is seen here. One begins with -----BEGIN CERTIFICATE-----.';
  if (form.clientCertFile.trim() !== '' && form.clientKeyFile.trim() === '')
    errors.clientKeyFile = 'A client certificate needs its key file.';
  if (form.clientKeyFile.trim() !== '' && form.clientCertFile.trim() === '')
    errors.clientCertFile = 'A client key needs its certificate file.';
  return errors;
}

async function readLines(
  text: string,
  readAddress: ReadAddress,
): Promise<{ addresses: readonly NodeAddress[]; error?: string }> {
  const lines = text.split('\n').map((line) => line.trim());
  const addresses: NodeAddress[] = [];
  const wrong: string[] = [];
  for (const [place, line] of lines.entries()) {
    if (line === '') continue;
    const result = await readAddress(line);
    if (!result.ok) wrong.push(`Line ${place + 1}: ${result.problem.known} ${result.problem.next}`);
    else if (addresses.includes(result.value))
      wrong.push(`Line ${place + 1}: ${result.value} stands here twice.`);
    else addresses.push(result.value);
  }
  return wrong.length > 0 ? { addresses, error: wrong.join(' ') } : { addresses };
}

/** The schema's limits in words. What is not listed can only be too long. */
function atField(issue: { path: readonly PropertyKey[] }): [string, string] {
  const field = String(issue.path[0] === 'tls' ? issue.path[1] : issue.path[0]);
  switch (field) {
    case 'proxy':
      return [field, 'A proxy is given as http://host:port.'];
    case 'nodes':
    case 'primaryNodes':
      return [field, 'At most 50 nodes can be listed.'];
    default:
      return [field, 'This is longer than it can be.'];
  }
}
