import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Trouble } from '../../shared/problem.ts';
import { printScript } from '../../shared/script/print.ts';
import type { GuideCalls, Office } from './handlers.ts';

/** The script on paper, for a night without this app. */
export function scriptCalls({ clusters, script, about }: Office): GuideCalls<'script'> {
  return {
    'script.print': async ({ profileId }) => {
      const cluster = clusters.cluster(profileId);
      const adopted = await script();
      const folder = join(about.dataFolder, 'printed');
      const file = join(folder, `script-${profileId}-${adopted.hash.slice(0, 8)}.html`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(file, printScript(adopted.script, adopted.hash, cluster), { mode: 0o600 });
      } catch {
        throw new Trouble({
          code: 'journal.write-failed',
          known: `The printable script could not be written to ${folder}.`,
          safe: 'No ceremony and no record was touched.',
          next: 'Check that the disk has room and that the folder can be written, then try again.',
        });
      }
      return { file, hash: adopted.hash };
    },
  };
}
