import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import type { Checked } from '../../shared/contract/guide.ts';
import type { OtherRecordLine, ToldRecord } from '../../shared/contract/records.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { reportHtml } from '../../shared/report/html.ts';
import { reportOf } from '../../shared/report/report.ts';
import { accepted, type RecordReport } from '../../shared/transcript/report.ts';
import { headline } from '../../shared/transcript/report-sentences.ts';
import { reportLines } from '../../shared/transcript/report-text.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import { parseFingerprint, parseHead, type Trust } from '../../shared/transcript/trust.ts';
import type { Ceremonies } from '../ceremony/ceremonies.ts';
import type { Host, Paper } from '../host/host.ts';
import { exportRecord, recordBytes } from '../transcript/export.ts';
import { checkOpenPgp } from '../transcript/openpgp.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore } from '../transcript/store.ts';
import { verifyRecordBytes } from '../transcript/verify-file.ts';
import { qrSvg } from './qr.ts';
import type { Shelf } from './shelf.ts';

export interface RecordsOptions {
  readonly ceremonies: Pick<Ceremonies, 'entries' | 'letGo'>;
  readonly host: Pick<Host, 'printToPdf' | 'chooseFolder'>;
  readonly store: JournalStore<CeremonyEvent>;
  readonly signatures: RecordSignatures;
  /** Records of other kinds than ceremonies. */
  readonly others?: readonly Shelf[];
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
  readonly #options: RecordsOptions;

  constructor(options: RecordsOptions) {
    this.#options = options;
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
    const { ceremonies, host, appVersion, verifier } = this.#options;
    const other = await this.#shelfOf(id);
    const meta = { appVersion, madeAt: new Date().toISOString() };
    const report = other
      ? await other.report(id, meta)
      : reportOf(await ceremonies.entries(id), meta);
    const into = await this.#destination(typed);
    if (into === undefined) return undefined;
    const html = reportHtml(report, { paper, qrSvg });
    const { store, signatures } = other ?? this.#options;
    const { folder, files } = await exportRecord({
      store,
      signatures,
      id,
      into,
      verifier: await readFile(verifier),
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
    return checked(await verify(bytes, { fingerprints: [fingerprint], heads: [] }));
  }

  /**
   * Checks a record from elsewhere, with what the person knows of it by another way.
   *
   * @throws Trouble `input.invalid` where the fingerprint or the words cannot be read as such.
   */
  async checkText(asked: {
    readonly text: string;
    readonly fingerprint?: string | undefined;
    readonly words?: string | undefined;
  }): Promise<Checked> {
    const fingerprint = asked.fingerprint ? parseFingerprint(asked.fingerprint) : undefined;
    if (asked.fingerprint && !fingerprint) throw notReadable('fingerprint');
    const head = asked.words ? parseHead(asked.words) : undefined;
    if (asked.words && !head) throw notReadable('words');
    const trust: Trust = {
      fingerprints: fingerprint ? [fingerprint] : [],
      heads: head ? [head] : [],
    };
    return checked(await verify(Buffer.from(asked.text, 'utf8'), trust));
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

  async #shelfOf(id: CeremonyId): Promise<Shelf | undefined> {
    for (const shelf of this.#options.others ?? []) if (await shelf.has(id)) return shelf;
    return undefined;
  }

  async #destination(typed: string | undefined): Promise<string | undefined> {
    const { host } = this.#options;
    if (!host.chooseFolder) return typed ?? '';
    if (typed !== undefined) throw notTheirs;
    return host.chooseFolder('Export the record to');
  }
}

const verify = (bytes: Uint8Array, trust: Trust): Promise<RecordReport> =>
  verifyRecordBytes(bytes, { trust, openPgp: checkOpenPgp });

const checked = (report: RecordReport): Checked => ({
  accepted: accepted(report.verdict),
  headline: headline(report.verdict),
  lines: [...reportLines(report)],
});

const notReadable = (what: 'fingerprint' | 'words'): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known:
      what === 'words'
        ? 'The words cannot be read: at least the first eight of them are needed, each as it was written down.'
        : 'The fingerprint cannot be read: it is 64 hex digits (40 for OpenPGP), or as many words as bytes.',
    safe: 'The record was not checked, and nothing was changed.',
    next: 'Compare what was typed with the paper it came from.',
  });

const unknownRecord = new Trouble({
  code: 'ceremony.unknown',
  known: 'No record of this name is in the data folder.',
  safe: 'Nothing was changed.',
  next: 'Go back to Records: it lists every record there is.',
});

const otherName = new Trouble({
  code: 'input.invalid',
  known: 'What was typed is not the name of this record’s cluster.',
  safe: 'The record was not deleted.',
  next: 'Type the name exactly as it is shown.',
});

const notRemoved = new Trouble({
  code: 'journal.write-failed',
  known: 'The record could not be deleted: the data folder does not allow it.',
  safe: 'It is still there, as it was.',
  next: 'Check the permissions of the data folder, then delete it again.',
});

const notTheirs = new Trouble({
  code: 'contract.refused',
  known: 'A page named a folder. On this computer the folder is chosen in the system’s own dialog.',
  safe: 'Nothing was written.',
  next: 'Export the record again, and choose the folder in the dialog.',
});
