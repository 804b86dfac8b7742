import type { NodeAddress } from '../../../../shared/ids.ts';
import type { Result } from '../../../../shared/problem.ts';
import { holdsPrivateKey, type FieldErrors, type TlsForm } from './form.ts';

export type ReadAddress = (text: string) => Promise<Result<NodeAddress>>;

/** What is wrong with the certificates of one cluster. */
export function tlsErrors(form: TlsForm): Partial<Record<keyof TlsForm, string>> {
  const errors: Partial<Record<keyof TlsForm, string>> = {};
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

/** The errors of a group, by their paths in the form. */
export const errorsAt = (group: string, errors: Readonly<Record<string, string>>): FieldErrors =>
  Object.fromEntries(Object.entries(errors).map(([field, text]) => [`${group}.${field}`, text]));

/** The addresses in a text, one a line, or what is wrong with which line. */
export async function readLines(
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

/** A field of the profile; what is empty is absent. */
export const given = (name: string, value: string) =>
  value.trim() === '' ? {} : { [name]: value.trim() };

/** What is empty is absent. */
export const tlsOf = (form: TlsForm) => ({
  ...given('caPem', form.caPem),
  ...given('serverName', form.serverName),
  ...given('clientCertFile', form.clientCertFile),
  ...given('clientKeyFile', form.clientKeyFile),
});
