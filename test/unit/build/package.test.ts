import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { buildAll } from '../../../scripts/build.mjs';

const root = join(import.meta.dirname, '../../..');
let folder = '';
let packed = '';

/** Packs for Linux around a stand-in for Electron's runtime: its program is only a fuse wire. */
beforeAll(async () => {
  if (!existsSync(join(root, 'out/built'))) await buildAll();
  folder = await mkdtemp(join(tmpdir(), 'keyturn-package-'));
  const runtime = join(folder, 'runtime');
  await mkdir(join(runtime, 'resources'), { recursive: true });
  await mkdir(join(runtime, 'locales'));
  await writeFile(join(runtime, 'locales/en-US.pak'), '');
  await writeFile(join(runtime, 'version'), packageJson.devDependencies.electron);
  await writeFile(join(runtime, 'LICENSE'), 'MIT');
  const wire = Buffer.from([1, 9, ...Array.from({ length: 9 }, () => FuseState.DISABLE)]);
  const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
  await writeFile(join(runtime, 'electron'), Buffer.concat([Buffer.alloc(64), sentinel, wire]));
  await chmod(join(runtime, 'electron'), 0o755);
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    publish: 'never',
    config: { electronDist: runtime, directories: { output: join(folder, 'dist') } },
  });
  packed = join(folder, 'dist/linux-unpacked');
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const contents = (): string[] =>
  listPackage(join(packed, 'resources/app.asar'), { isPack: false }).map((path) =>
    path.replaceAll('\\', '/'),
  );

test('the archive holds what runs and keytar, and nothing else', () => {
  const files = contents();
  for (const needed of [
    '/out/electron/main.js',
    '/out/electron/preload/share-entry.cjs',
    '/out/renderer/guide/index.html',
    '/out/renderer/promote/index.html',
    '/out/verifier/keyturn-verify.mjs',
    '/node_modules/keytar/lib/keytar.js',
    '/node_modules/keytar/prebuilds/linux-x64/keytar.node',
    '/package.json',
  ]) {
    expect(files).toContain(needed);
  }
  const elsewhere = files.filter(
    (file) =>
      !/^\/(package\.json|out(\/(electron|renderer|verifier)(\/.*)?)?|node_modules(\/keytar(\/.*)?)?)$/.test(
        file,
      ),
  );
  expect(elsewhere).toEqual([]);
});

test('no source, no map, no test host, no other platform’s prebuild', () => {
  for (const file of contents()) {
    expect(file).not.toMatch(/\.(ts|tsx|map)$|test-host|out\/chromium/);
    expect(file).not.toMatch(/prebuilds\/(?!linux-x64)/);
  }
});

test('the program carries all nine fuses', async () => {
  const wire = await getCurrentFuseWire(join(packed, 'keyturn'));
  expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  expect(wire[FuseV1Options.WasmTrapHandlers]).toBe(FuseState.ENABLE);
});

test('the licence travels along', () => {
  expect(existsSync(join(packed, 'LICENSE.Keyturn'))).toBe(true);
});
