import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuses, setFuses } from '../../../scripts/fuses.mjs';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-fuses-'));
});
afterAll(() => rm(folder, { recursive: true }));

const names = Object.entries(FuseV1Options).flatMap(([name, value]) =>
  typeof value === 'number' ? [[name, value] as const] : [],
);

/** A stand-in for Electron's program: its sentinel, version 1, and a wire of that length, all off. */
async function program(length: number): Promise<string> {
  const file = join(folder, `electron-${length}`);
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const wire = Buffer.from([1, length, ...Array.from({ length }, () => FuseState.DISABLE)]);
  await writeFile(file, Buffer.concat([Buffer.alloc(64), Buffer.from(sentinel), wire]));
  return file;
}

test('all nine fuses stand as they were decided', () => {
  expect(Object.fromEntries(names.map(([name, value]) => [name, fuses[value]]))).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  });
});

test('they are written into the program', async () => {
  const file = await program(9);
  await setFuses(file);
  const wire: Readonly<Record<string, unknown>> = { ...(await getCurrentFuseWire(file)) };
  for (const [name, value] of names) {
    expect(wire[value], name).toBe(fuses[value] === true ? FuseState.ENABLE : FuseState.DISABLE);
  }
});

test('a fuse that a later Electron adds breaks the build', async () => {
  await expect(setFuses(await program(10))).rejects.toThrow();
});

test('electron-builder.yml names the eight of its own schema with the same values', async () => {
  const yml = await readFile(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');
  for (const [name, value] of names.filter(([each]) => each !== 'WasmTrapHandlers')) {
    const key = name.charAt(0).toLowerCase() + name.slice(1);
    expect(yml).toMatch(new RegExp(`^  ${key}: ${String(fuses[value])}$`, 'm'));
  }
  expect(yml).toMatch(/^afterPack: \.\/scripts\/fuses\.mjs$/m);
});
