import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CeremonyEvent } from '../../shared/ceremony/events.ts';
import type { CeremonyId } from '../../shared/ids.ts';
import { Trouble } from '../../shared/problem.ts';
import { reportHtml } from '../../shared/report/html.ts';
import { reportOf } from '../../shared/report/report.ts';
import type { Ceremonies } from '../ceremony/ceremonies.ts';
import type { Host, Paper } from '../host/host.ts';
import { exportRecord } from '../transcript/export.ts';
import type { RecordSignatures } from '../transcript/signing.ts';
import type { JournalStore } from '../transcript/store.ts';
import { qrSvg } from './qr.ts';

export interface RecordsOptions {
  readonly ceremonies: Pick<Ceremonies, 'entries' | 'letGo'>;
  readonly host: Pick<Host, 'printToPdf' | 'chooseFolder'>;
  readonly store: JournalStore<CeremonyEvent>;
  readonly signatures: RecordSignatures;
  /** Path of the stand-alone verifier, which goes along with every export. */
  readonly verifier: string;
  readonly appVersion: string;
}

export interface Exported {
  /** Absolute path of the new folder. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** What can be done with the records of ceremonies that are over. */
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
    const { ceremonies, host } = this.#options;
    const entries = await ceremonies.entries(id);
    const into = await this.#destination(typed);
    if (into === undefined) return undefined;
    const report = reportOf(entries, {
      appVersion: this.#options.appVersion,
      madeAt: new Date().toISOString(),
    });
    const html = reportHtml(report, { paper, qrSvg });
    const { store, signatures, verifier } = this.#options;
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

  /**
   * Removes the record of a ceremony that has ended, for good.
   *
   * @param typed the cluster's name, as the person typed it
   * @throws Trouble `rule.not-now` where it has not ended, `input.invalid` where the name differs,
   *   `journal.write-failed` where the file stays.
   */
  async delete(id: CeremonyId, typed: string): Promise<void> {
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

  async #destination(typed: string | undefined): Promise<string | undefined> {
    const { host } = this.#options;
    if (!host.chooseFolder) return typed ?? '';
    if (typed !== undefined) throw notTheirs;
    return host.chooseFolder('Export the record to');
  }
}

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
