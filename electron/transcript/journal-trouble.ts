import { Trouble } from '../../shared/problem.ts';
import type { ChainFault } from '../../shared/transcript/chain.ts';

/** An event could not be put on the disk. The cause's own text stays out: only its code is told. */
export function writeFailed(cause: unknown): Trouble {
  if (cause instanceof Trouble) return cause;
  const code = errorCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Trouble({
      code: 'journal.disk-full',
      known: 'The disk is full: this step could not be put on the record.',
      safe: 'Nothing of it was done. Everything recorded before is intact.',
      next: 'Free some space on the disk that holds the data folder, then do this step again.',
      facts: { code },
    });
  }
  return new Trouble({
    code: 'journal.write-failed',
    known: 'This step could not be put on the record: the journal file could not be written.',
    safe: 'Nothing of it was done. Everything recorded before is intact.',
    next: 'Check the disk and the permissions of the data folder, then do this step again.',
    facts: { code: code ?? messageOf(cause) },
  });
}

/** A journal that cannot even be read as a file. */
export function unreadable(folder: string, cause?: unknown): Trouble {
  return new Trouble({
    code: 'journal.unreadable',
    known: 'The journal of this ceremony cannot be opened as a file.',
    safe: 'It was not changed. Other ceremonies are not affected.',
    next: 'Check the permissions of the data folder, and that the journal is a file and not a link.',
    facts: { folder, code: errorCode(cause) ?? 'not a regular file' },
  });
}

/**
 * A line of the record is not what was written there.
 *
 * @param keptAs the copy that was put aside; absent where the file was only looked at.
 */
export function tampered(line: number, reason: ChainFault, keptAs?: string): Trouble {
  const copy = keptAs === undefined ? '' : `, and a copy was kept as ${keptAs}`;
  return new Trouble({
    code: 'journal.tampered',
    known: `The record of this ceremony was changed after it was written: line ${line} ${fault(reason)}.`,
    safe: `The file was left as it is${copy}. Vault and the keychain were not touched.`,
    next: 'Keep it for whoever looks into it. Restore the journal from a backup, or start a new ceremony.',
    facts: { line: String(line), reason, ...(keptAs === undefined ? {} : { keptAs }) },
  });
}

/** What `Journal.open` met, as a trouble. */
export const openFailed = (cause: unknown): Trouble =>
  cause instanceof Trouble ? cause : writeFailed(cause);

function fault(reason: ChainFault): string {
  switch (reason) {
    case 'not-json':
      return 'is not JSON';
    case 'not-canonical':
      return 'is not in the form in which the app writes';
    case 'schema':
      return 'holds something this version of the app does not know';
    case 'hash':
      return 'does not match its own hash';
    case 'prev':
      return 'does not follow the line before it';
    case 'seq':
      return 'has the wrong number';
    case 'torn':
      return 'is cut off';
    case 'head':
      return 'is missing';
  }
}

function errorCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'unknown');
