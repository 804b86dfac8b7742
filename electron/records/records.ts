import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import type { Checked } from '../../shared/contract/records.ts';
import type { OtherRecordLine, ToldRecord } from '../../shared/contract/other-records.ts';
import type { CeremonyId, ForeignId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { reportHtml } from '../../shared/report/html.ts';
import { reportOf } from '../../shared/report/report.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import type { Ceremonies } from '../ceremony/ceremonies.ts';
import type { Host, Paper } from '../host/host.ts';
import { exportCopy, exportRecord, recordBytes } from '../transcript/export.ts';
import { checkOpenPgp } from '../transcript/openpgp.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore } from '../transcript/store.ts';
import { verifyRecordBytes } from '../transcript/verify-file.ts';
import { verifyForeign, type ForeignRecords } from './foreign.ts';
import { checked, trustOf, type Known } from './known.ts';
import { qrSvg } from './qr.ts';
import { notRemoved, otherName, verifierMissing } from './record-trouble.ts';
import type { Shelf } from './shelf.ts';
import { Signing } from './signing-desk.ts';
import { folderFor } from './statement.ts';

export interface RecordsOptions {
  readonly ceremonies: Pick<Ceremonies, 'entries' | 'letGo'>;
  readonly host: Pick<Host, 'printToPdf' | 'chooseFolder' | 'chooseFile'>;
  readonly store: JournalStore<CeremonyEvent>;
  readonly signatures: RecordSignatures;
  /** Records of other kinds than ceremonies. */
  readonly others?: readonly Shelf[];
  /** Copies of records that were made elsewhere. */
  readonly foreign: ForeignRecords;
  readonly signer: Pick<RecordSigner, 'identity'>;
  /** Path of the stand-alone verifier, which goes along with every export. */
  readonly verifier: string;
  readonly appVersion: string;
}

export interface Exported {
  /** Absolute path of the new folder. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** What can be done with records: those of ceremonies, and of every other kind. */
export class Records {
  /** Who signed which record, and the ways to sign one. */
  readonly signing: Signing;
  readonly #options: RecordsOptions;

  constructor(options: RecordsOptions) {
    this.#options = options;
    this.signing = new Signing({
      host: options.host,
      foreign: options.foreign,
      of: async (id) => ((await this.#shelfOf(id)) ?? options).signatures,
    });
  }

  /**
   * Writes record, verifier and report into `<into>/keyturn-<id>`. Where the host has a dialog the person chooses
   * there, and a path from anywhere else is refused; `undefined` when they chose none.
   *
   * @throws Trouble `ceremony.unknown`, `journal.*`, `export.*`; `internal` where printing failed.
   */
  async export(
    id: CeremonyId,
    paper: Paper,
    typed: string | undefined,
  ): Promise<Exported | undefined> {
    const { ceremonies, host, appVersion } = this.#options;
    const other = await this.#shelfOf(id);
    const meta = { appVersion, madeAt: new Date().toISOString() };
    const report = other
      ? await other.report(id, meta)
      : reportOf(await ceremonies.entries(id), meta);
    const into = await folderFor(host, 'Export the record to', typed);
    if (into === undefined) return undefined;
    const html = reportHtml(report, { paper, qrSvg });
    const { store, signatures } = other ?? this.#options;
    const { folder, files } = await exportRecord({
      store,
      signatures,
      id,
      into,
      verifier: await this.#verifier(),
      files: {
        'report.html': Buffer.from(html),
        'report.pdf': await host.printToPdf(html, paper),
      },
    });
    return { folder, files };
  }

  /** Checks a record of this data folder against this installation's own key. */
  async check(id: CeremonyId): Promise<Checked> {
    const { store, signatures } = (await this.#shelfOf(id)) ?? this.#options;
    const { signer } = this.#options;
    const { fingerprint } = await signer.identity();
    const bytes = await recordBytes({ store, signatures, id });
    const trust = { fingerprints: [fingerprint], heads: [] };
    return checked(await verifyRecordBytes(bytes, { trust, openPgp: checkOpenPgp }));
  }

  /**
   * Checks a record from elsewhere, with what the person knows of it by another way, and keeps a copy
   * where that was asked for. It is read in pieces: its size is bounded by a gigabyte only.
   *
   * @returns `undefined` when the person chose no file.
   * @throws Trouble `input.invalid` where the fingerprint or the words cannot be read as such, or the
   *   file cannot; `contract.refused`, `export.not-written`.
   */
  async checkFile(
    asked: Known & { readonly path?: string | undefined; readonly keep: boolean },
  ): Promise<{ readonly path: string; readonly checked: Checked } | undefined> {
    const trust = trustOf(asked);
    const { host, foreign } = this.#options;
    if (host.chooseFile && asked.path !== undefined) throw notTheirs;
    const path = host.chooseFile
      ? await host.chooseFile('Check a record')
      : (asked.path ?? '').trim();
    if (path === undefined) return undefined;
    const report = await verifyForeign(path, trust);
    if (asked.keep) await foreign.keep(path, report);
    return { path, checked: checked(report) };
  }

  /** The copies of records from elsewhere. */
  get foreign(): ForeignRecords {
    return this.#options.foreign;
  }

  /** Checks a kept copy again. @throws Trouble `input.invalid`. */
  async checkForeign(id: ForeignId, known: Known): Promise<Checked> {
    return checked(await this.#options.foreign.check(id, trustOf(known)));
  }

  /**
   * Writes a kept copy with the signatures added here into `<into>/keyturn-copy-<id>`, with the verifier.
   *
   * @throws Trouble `input.invalid`, `export.*`, `contract.refused`
   */
  async exportForeign(id: ForeignId, typed: string | undefined): Promise<Exported | undefined> {
    const { host, foreign } = this.#options;
    const record = await foreign.whole(id);
    const into = await folderFor(host, 'Export the copy to', typed);
    if (into === undefined) return undefined;
    return exportCopy({ into, name: id, record, verifier: await this.#verifier() });
  }

  /**
   * Removes the record of a ceremony that has ended, for good.
   *
   * @param typed the cluster's name, as the person typed it
   * @throws Trouble `rule.not-now` where it has not ended, `input.invalid` where the name differs,
   *   `journal.write-failed` where the file stays.
   */
  async delete(id: CeremonyId, typed: string): Promise<void> {
    const other = await this.#shelfOf(id);
    if (other) return other.remove(id, typed);
    const opened = (await this.#options.ceremonies.entries(id))[0]?.event;
    if (opened?.type !== 'ceremony.opened' || typed !== opened.cluster.name) throw otherName;
    await this.#options.ceremonies.letGo(id);
    const { folder } = this.#options.store;
    try {
      await rm(join(folder, `${id}.jsonl`));
      await rm(join(folder, `${id}.signatures.jsonl`), { force: true });
    } catch {
      throw notRemoved;
    }
  }

  /** Every record that is not a ceremony's, the newest first within its kind. */
  async listOthers(): Promise<OtherRecordLine[]> {
    const shelves = this.#options.others ?? [];
    return (await Promise.all(shelves.map((shelf) => shelf.list()))).flat();
  }

  /** A record that is not a ceremony's, as sentences. @throws Trouble `ceremony.unknown`, `journal.*`. */
  async read(id: CeremonyId): Promise<ToldRecord> {
    const shelf = await this.#shelfOf(id);
    if (!shelf) throw unknownRecord;
    return shelf.read(id);
  }

  /** The program that goes along with every export. */
  async #verifier(): Promise<Uint8Array> {
    try {
      return await readFile(this.#options.verifier);
    } catch {
      throw verifierMissing;
    }
  }

  async #shelfOf(id: CeremonyId): Promise<Shelf | undefined> {
    for (const shelf of this.#options.others ?? []) if (await shelf.has(id)) return shelf;
    return undefined;
  }
}

const unknownRecord = new Trouble({
  code: 'ceremony.unknown',
  known: 'No record of this name is in the data folder.',
  safe: 'Nothing was changed.',
  next: 'Go back to Records: it lists every record there is.',
});

const notTheirs = new Trouble({
  code: 'contract.refused',
  known: 'A page named a file. On this computer the file is chosen in the system’s own dialog.',
  safe: 'Nothing was read.',
  next: 'Check the record again, and choose the file in the dialog.',
});
