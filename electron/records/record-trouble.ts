import { Trouble } from '../../shared/problem.ts';

/** Deleting asks for the name of the record’s cluster, and another one was typed. */
export const otherName = new Trouble({
  code: 'input.invalid',
  known: 'What was typed is not the name of this record’s cluster.',
  safe: 'The record was not deleted.',
  next: 'Type the name exactly as it is shown.',
});

/** The data folder did not let the record go. */
export const notRemoved = new Trouble({
  code: 'journal.write-failed',
  known: 'The record could not be deleted: the data folder does not allow it.',
  safe: 'It is still there, as it was.',
  next: 'Check the permissions of the data folder, then delete it again.',
});

/** A file of the program itself is gone: a damaged installation. */
export const verifierMissing = new Trouble({
  code: 'export.not-written',
  known:
    'The verifier, which goes along with every export, cannot be read: this installation of Keyturn is not whole.',
  safe: 'Nothing was written. The record is in the data folder, as it was.',
  next: 'Put Keyturn on this machine again, then export once more. The self-test shows whether the program is whole.',
});
