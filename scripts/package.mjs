// npm run package [-- --dir] [-- --release] [-- --stand-in] [-- --out DIR]: builds and packs for this
// system, checks what came out, and writes beside it what others need to check it: SHA256SUMS, a bill
// of materials, the program's hash as words. Nothing is published.
//   --dir       the unpacked tree only, no installer
//   --stand-in  pack around a stand-in for Electron's runtime; also done where the runtime is missing
//   --release   stop rather than do that
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Arch, build, Platform } from 'electron-builder';
import { runnerImport } from 'vite';
import { buildAll } from './build.mjs';
import { root } from './lib/paths.mjs';
import { faultsOfPackage } from './package/check.mjs';
import { billOfMaterials } from './package/sbom.mjs';
import { writeStandIn } from './package/stand-in.mjs';

const { values: asked } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
    'stand-in': { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'dist') },
  },
});
const out = resolve(asked.out);
const json = async (path) => JSON.parse(await readFile(join(root, path), 'utf8'));
const manifest = await json('package.json');
const runtime = join(root, 'node_modules/electron/dist');
const standIn = asked['stand-in'] || !existsSync(join(root, 'node_modules/electron/path.txt'));
if (standIn && asked.release) {
  console.error('Electron’s runtime is not installed here: there is nothing to release.');
  process.exit(1);
}

process.env.NODE_ENV = 'production';
// Whatever writes a time writes that of the commit.
process.env.SOURCE_DATE_EPOCH ??= commitTime();
// Only our own folder is cleared; one that was named must be new or empty.
if (out === join(root, 'dist')) await rm(out, { recursive: true, force: true });
else if (existsSync(out) && (await readdir(out)).length > 0) {
  console.error(`${out} is not empty.`);
  process.exit(1);
}
console.log('Building …');
await buildAll();

const borrowed = standIn ? await mkdtemp(join(tmpdir(), 'keyturn-stand-in-')) : undefined;
try {
  if (borrowed !== undefined) await writeStandIn(borrowed, manifest.devDependencies.electron);
  const platform = Platform.current();
  const kinds = asked.dir || standIn ? 'dir' : undefined;
  await build({
    projectDir: root,
    targets: platform.createTarget(kinds, Arch[process.arch]),
    publish: 'never',
    config: { electronDist: borrowed ?? runtime, directories: { output: out } },
  });
} finally {
  if (borrowed !== undefined) await rm(borrowed, { recursive: true, force: true });
}

const form = await formOf();
const faults = await faultsOfPackage(form.folder, form);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log('Checked in the package: nine fuses, contents, no source map, no updater.');
if (process.platform === 'linux')
  console.log(
    'Linux has no check of app.asar by Electron: SHA256SUMS and the words take its place.',
  );

await writeFile(
  join(out, `keyturn-${manifest.version}.cdx.json`),
  `${JSON.stringify(billOfMaterials(await json('package-lock.json'), manifest), undefined, 2)}\n`,
);
const { module: program } = await runnerImport(join(root, 'electron/self-test/program.ts'), {
  configFile: false,
  root,
  logLevel: 'silent',
});
const hash = await program.hashProgram({ root: form.folder, packaged: true });
await writeFile(
  join(out, 'PROGRAM-HASH.txt'),
  `${hash.hash}\n${program.programWords(hash)}\n${hash.files} files in ${form.name}\n`,
);
await writeFile(join(out, 'SHA256SUMS'), await sums());
console.log(`${out}: ${(await readdir(out)).join(', ')}`);
console.log(`The program as words: ${program.programWords(hash)}`);
if (standIn)
  console.log(
    'Electron’s runtime is not installed here, so this was packed around a stand-in: it can be checked and compared, and it cannot run. No installer was made.',
  );

/** The unpacked tree of this system, and the program in it. */
async function formOf() {
  const { platform, arch } = process;
  const name = (await readdir(out)).find((each) => /-unpacked$|^mac/.test(each));
  if (name === undefined) throw new Error(`There is no unpacked tree in ${out}.`);
  const app = `${manifest.productName}.app`;
  const [folder, program] = {
    darwin: [join(out, name, app), `Contents/MacOS/${manifest.productName}`],
    win32: [join(out, name), `${manifest.productName}.exe`],
    linux: [join(out, name), manifest.name],
  }[platform];
  return { folder, program, name, platform, arch };
}

/** Of all files on the top: what is handed out. As `sha256sum -c` reads it. */
async function sums() {
  const entries = await readdir(out, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !/^(builder-|latest|SHA256SUMS)/.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const lines = names.map(async (name) => {
    const bytes = await readFile(join(out, name));
    return `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`;
  });
  return (await Promise.all(lines)).join('');
}

function commitTime() {
  const { stdout, status } = spawnSync('git', ['log', '-1', '--format=%ct'], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : '0';
}
