import { parseShare } from '../../shared/codec/share.ts';
import { longestMessageText, readPgpMessage } from '../../shared/pgp/message.ts';
import type { Verdict } from '../isolated/secret-field.ts';

/** Characters the field takes: an encrypted share has a few thousand, a plain one at most 66. */
export const longestShareText = longestMessageText;

export interface CheckedShare {
  readonly verdict: Verdict;
  /** The share without its label, only where it has the right form. */
  readonly share: string | undefined;
  /** The whole text, where it is a share encrypted to its holder. */
  readonly encrypted?: string;
}

/**
 * What can be said of the text so far, before anything is sent: its form and length. Whether it is
 * the right share only Vault can tell, at the threshold.
 */
export function checkShare(text: string, required: number): CheckedShare {
  const message = readPgpMessage(text);
  if (message.ok)
    return {
      verdict: { tone: 'good', says: 'An encrypted share. It is opened below, with its key.' },
      share: undefined,
      encrypted: text.trim(),
    };
  if (message.reason !== 'not-pgp') return wrong(message.message);
  const { rest, labels } = withoutLabel(text);
  if (labels > 1) return wrong('These are several shares. Leave only your own one here.');
  const parsed = parseShare(rest, { required });
  if (!parsed.ok) {
    return parsed.reason === 'empty'
      ? { verdict: { tone: 'quiet', says: '' }, share: undefined }
      : wrong(parsed.message);
  }
  const says =
    `A share by its form: ${parsed.bytes.length} bytes, read as ${parsed.encoding}.` +
    (labels === 1 ? ' The label before the colon is left out.' : '');
  parsed.bytes.fill(0);
  return { verdict: { tone: 'good', says }, share: rest.trim() };
}

/** `vault operator init` prints "Unseal Key 1: …"; neither hex nor base64 has a colon. */
function withoutLabel(text: string): { readonly rest: string; readonly labels: number } {
  const parts = text.split(':');
  return { rest: parts.at(-1) ?? '', labels: parts.length - 1 };
}

const wrong = (says: string): CheckedShare => ({
  verdict: { tone: 'wrong', says },
  share: undefined,
});
