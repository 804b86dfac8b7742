import type { RecordTarget, SignatureView } from '../../shared/contract/records.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { parseStatement, type RecordSignature } from '../../shared/transcript/signature.ts';
import type { Host } from '../host/host.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { ForeignRecords } from './foreign.ts';
import { saveStatement, type SavedStatement } from './statement.ts';

export interface SigningOptions {
  readonly host: Pick<Host, 'chooseFolder'>;
  /** Copies of records that were made elsewhere. */
  readonly foreign: Pick<ForeignRecords, 'check' | 'statement' | 'add'>;
  /** The signatures of a record of this installation, whatever its kind. */
  readonly of: (id: CeremonyId) => Promise<RecordSignatures>;
}

/** Who signed a record, and every way to add a signature: of any record of this laptop, and of a copy. */
export class Signing {
  readonly #options: SigningOptions;

  constructor(options: SigningOptions) {
    this.#options = options;
  }

  /** @throws Trouble `journal.tampered`, or `input.invalid` where a copy cannot be read. */
  async list(of: RecordTarget): Promise<readonly SignatureView[]> {
    const { foreign } = this.#options;
    if (of.kind === 'own') return (await (await this.#options.of(of.id)).read(of.id)).map(viewOf);
    const { signatures } = await foreign.check(of.id);
    return signatures.map(({ kind, by, fingerprint, at, covers }) => ({
      kind,
      ...(by === undefined ? {} : { by }),
      fingerprint,
      at,
      covers,
    }));
  }

  /** Signs with this installation's key what is on disk now: it need not have ended. */
  async sign(id: CeremonyId): Promise<SignatureView> {
    return viewOf(await (await this.#options.of(id)).sign(id));
  }

  /**
   * Writes what a person has to sign with their own OpenPGP key, for this machine or another.
   *
   * @throws Trouble `input.invalid`, `export.*`, `contract.refused`
   */
  async saveStatement(
    of: RecordTarget,
    order: { readonly by: string; readonly key: string; readonly folder?: string | undefined },
  ): Promise<SavedStatement & { readonly statement: string }> {
    const { host, foreign } = this.#options;
    const statement =
      of.kind === 'own'
        ? await (await this.#options.of(of.id)).statement(of.id, order.by, order.key)
        : await foreign.statement(of.id, order.by, order.key);
    const fingerprint = parseStatement(statement)?.fingerprint ?? '';
    const name = `keyturn-sign-${of.id}-${fingerprint.slice(-8)}`;
    const saved = await saveStatement(host, { name, statement, typed: order.folder });
    return { ...saved, statement: Buffer.from(statement).toString('utf8') };
  }

  /** Puts a person's signature on a record after checking it. @throws Trouble `input.invalid`. */
  async add(
    of: RecordTarget,
    brought: { readonly statement?: string | undefined; readonly signature: string },
  ): Promise<void> {
    const { foreign } = this.#options;
    const statement =
      brought.statement === undefined
        ? undefined
        : Buffer.from(brought.statement.replace(/\r?\n$/, ''), 'utf8');
    if (of.kind === 'own')
      await (await this.#options.of(of.id)).add(of.id, statement, brought.signature);
    else await foreign.add(of.id, statement, brought.signature);
  }
}

const viewOf = (signature: RecordSignature): SignatureView => ({
  kind: signature.kind,
  ...(signature.kind === 'openpgp' ? { by: signature.by } : {}),
  fingerprint: signature.fingerprint,
  at: signature.at,
  covers: signature.seq,
});
