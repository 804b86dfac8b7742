// Stands where Electron's runtime would stand while a package is put together on a machine that
// cannot have it: the files that electron-builder looks for, and a program that is only a fuse wire.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseState } from '@electron/fuses';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Every fuse is off, so that each that must be on is really switched on by the packing. */
export async function writeStandIn(folder, electronVersion) {
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'), { recursive: true });
  await writeFile(join(folder, 'locales/en-US.pak'), '');
  await writeFile(join(folder, 'version'), electronVersion);
  await writeFile(join(folder, 'LICENSE'), 'MIT');
  const wire = Buffer.from([1, 9, ...Array.from({ length: 9 }, () => FuseState.DISABLE)]);
  const program = join(folder, 'electron');
  await writeFile(program, Buffer.concat([Buffer.alloc(64), Buffer.from(sentinel), wire]));
  await chmod(program, 0o755);
}
