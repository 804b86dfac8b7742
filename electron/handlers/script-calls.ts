import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Trouble } from '../../shared/problem.ts';
import { printScript } from '../../shared/script/print.ts';
import { replaceFile } from '../transcript/replace.ts';
import type { GuideCalls, Office } from './handlers.ts';

/** What of the office it takes to print. */
interface Printery {
  readonly clusters: Pick<Office['clusters'], 'cluster'>;
  readonly script: Office['script'];
  readonly about: Pick<Office['about'], 'dataFolder'>;
  readonly host: Pick<Office['host'], 'printToPdf'>;
}

/** The script on paper, for a night without this app. */
export function scriptCalls({ clusters, script, about, host }: Printery): GuideCalls<'script'> {
  return {
    'script.print': async ({ profileId, paper }) => {
      const cluster = clusters.cluster(profileId);
      const adopted = await script();
      const folder = join(about.dataFolder, 'printed');
      const name = `script-${profileId}-${adopted.hash.slice(0, 8)}`;
      const html = printScript(adopted.script, adopted.hash, cluster);
      const file = await write(folder, `${name}.html`, html);
      // The page is there whatever becomes of the PDF: any browser prints it.
      const printed = await host.printToPdf(html, paper).catch(() => undefined);
      if (printed === undefined) return { file, hash: adopted.hash };
      const pdf = await write(folder, `${name}-${paper}.pdf`, printed);
      return { file, pdf, hash: adopted.hash };
    },
  };
}

async function write(folder: string, name: string, bytes: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(file, bytes);
    return file;
  } catch {
    throw new Trouble({
      code: 'journal.write-failed',
      known: `The printable script could not be written to ${folder}.`,
      safe: 'No ceremony and no record was touched.',
      next: 'Check that the disk has room and that the folder can be written, then try again.',
    });
  }
}
