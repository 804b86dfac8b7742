import { parseFingerprint, parseHead } from '../shared/transcript/trust.ts';

/** What the verifier was asked on its command line. */
export interface Asked {
  readonly file: string;
  readonly fingerprints: readonly string[];
  readonly heads: readonly string[];
  readonly json: boolean;
  readonly gapMs: number | undefined;
  /** Where the files for gpg go. */
  readonly openPgpFolder: string | undefined;
}

export const usage = `Checks the record of a Keyturn ceremony, offline.

  keyturn-verify RECORD [options]

  --fingerprint "..."  the signing key's fingerprint, in hex or in words; it must have signed
  --words "..."        eight or more words of a head, as the witness wrote them on paper
  --head HEX           the same in hex: 16 digits or more
  --gap MINUTES        tell silences longer than this (30)
  --openpgp DIR        write what gpg needs to check each OpenPGP signature into DIR
  --json               one JSON object instead of text

--fingerprint, --words and --head can be given several times; each of them must fit.
Exit code 0: nothing was found against the record, and it has all that was asked for. Otherwise 1.
Without a fingerprint and without words the best answer is "consistent, origin unknown".`;

/** What was asked, or the sentence that says what cannot be understood. */
export function parseArguments(words: readonly string[]): Asked | string {
  const fingerprints: string[] = [];
  const heads: string[] = [];
  const files: string[] = [];
  let json = false;
  let gapMs: number | undefined;
  let openPgpFolder: string | undefined;

  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--json') {
      json = true;
      continue;
    }
    if (!word.startsWith('--')) {
      files.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    const value = equals === -1 ? left.shift() : word.slice(equals + 1);
    if (value === undefined) return `${name} needs a value.`;
    switch (name) {
      case '--fingerprint': {
        const fingerprint = parseFingerprint(value);
        if (fingerprint === undefined)
          return 'This is not a whole fingerprint: 64 or 40 hex digits, or 32 or 20 words, each spelled as in the PGP word list.';
        fingerprints.push(fingerprint);
        break;
      }
      case '--words':
      case '--head': {
        const head = parseHead(value);
        if (head === undefined)
          return 'This is not the beginning of a head: eight words or more, each spelled as in the PGP word list, or 16 hex digits or more.';
        heads.push(head);
        break;
      }
      case '--gap': {
        const minutes = Number(value);
        if (!(minutes > 0)) return '--gap takes a number of minutes.';
        gapMs = minutes * 60_000;
        break;
      }
      case '--openpgp':
        openPgpFolder = value;
        break;
      default:
        return `There is no option ${name}.`;
    }
  }
  const [file] = files;
  if (file === undefined) return 'Say which record to check.';
  if (files.length > 1) return 'One record at a time.';
  return { file, fingerprints, heads, json, gapMs, openPgpFolder };
}
