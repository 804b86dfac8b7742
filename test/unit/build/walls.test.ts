import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { wallInTheWay, walls } from '../../../scripts/lint/walls.mjs';

const root = join(import.meta.dirname, '../../..');

/** File, what it imports, and whether only as a type. */
type Import = readonly [file: string, specifier: string, how?: 'type'];

const refused: readonly Import[] = [
  ['shared/ids.ts', '../electron/ipc.ts'],
  ['shared/ids.ts', '../renderer/bridge.ts', 'type'],
  ['shared/ids.ts', 'node:crypto'],
  ['shared/ids.ts', 'crypto'],
  ['shared/ids.ts', 'react'],
  ['shared/ids.ts', 'electron', 'type'],
  ['shared/codec/otp.ts', 'openpgp'],
  ['renderer/guide/main.tsx', '../../electron/ipc.ts'],
  ['renderer/guide/main.tsx', '../../electron/ipc.ts', 'type'],
  ['renderer/guide/main.tsx', 'node:fs'],
  ['renderer/guide/main.tsx', 'electron'],
  ['renderer/guide/main.tsx', 'keytar'],
  ['renderer/bridge.ts', 'zod'],
  ['renderer/share-entry/main.ts', 'react'],
  ['renderer/share-entry/main.ts', 'zod'],
  ['renderer/share-entry/main.ts', 'openpgp'],
  ['renderer/share-entry/main.ts', '../guide/App.tsx'],
  ['renderer/share-entry/main.ts', '../promote/main.ts'],
  ['renderer/promote/main.ts', '../secret-entry/main.ts'],
  ['renderer/isolated/page.ts', '../share-entry/main.ts'],
  ['electron/vault/node.ts', '../ceremony/start.ts'],
  ['electron/vault/node.ts', '../keychain/keychain.ts', 'type'],
  ['electron/vault/node.ts', '../host/host.ts'],
  ['electron/vault/node.ts', '../../renderer/bridge.ts'],
  ['electron/keychain/keychain.ts', '../vault/node.ts'],
  ['electron/keychain/keychain.ts', 'node-vault'],
  ['electron/transcript/journal.ts', '../ceremony/start.ts'],
  ['electron/practice/cluster.ts', '../vault/node.ts'],
  ['electron/practice/cluster.ts', 'node-vault'],
  ['electron/ceremony/start.ts', '../host/host.ts'],
  ['electron/ceremony/start.ts', '../practice/cluster.ts'],
  ['electron/ceremony/start.ts', 'keytar'],
  ['electron/ceremony/start.ts', 'node-vault'],
  ['electron/ceremony/start.ts', '../ipc.ts'],
  ['electron/shift/keep.ts', '../ceremony/start.ts'],
  ['electron/offline/desk.ts', '../vault/node.ts'],
  ['electron/offline/desk.ts', '../vault/node.ts', 'type'],
  ['electron/offline/desk.ts', '../ceremony/start.ts'],
  ['electron/offline/desk.ts', 'node:https'],
  ['electron/offline/desk.ts', 'dns/promises'],
  ['electron/offline/desk.ts', 'node:child_process'],
  ['electron/offline/desk.ts', 'node-vault'],
  ['renderer/scan/main.ts', 'react'],
  ['renderer/scan/main.ts', '../share-entry/main.ts'],
  ['renderer/share-entry/main.ts', 'qr'],
  ['electron/self-test/keychain.ts', 'keytar'],
  ['electron/self-test/command.ts', '../settings.ts'],
  ['electron/self-test/program.ts', 'original-fs'],
  ['electron/security/csp.ts', 'electron'],
  ['electron/security/csp.ts', '../host/host.ts'],
  ['electron/host/chromium.ts', 'electron'],
  ['electron/host/chromium.ts', '../vault/node.ts'],
  ['electron/preload/guide.ts', 'zod'],
  ['electron/preload/guide.ts', 'node:fs'],
  ['electron/preload/guide.ts', '../ipc.ts'],
  ['electron/app.ts', 'electron'],
  ['electron/app.ts', 'playwright-core'],
  ['electron/app.ts', 'electron-store'],
  ['electron/app.ts', '../test/fakes/https.ts'],
];

const allowed: readonly Import[] = [
  ['shared/ids.ts', 'zod'],
  ['shared/ceremony/fold.ts', '../codec/otp.ts'],
  ['renderer/guide/main.tsx', 'react'],
  ['renderer/guide/main.tsx', '../../shared/contract.ts'],
  ['renderer/guide/main.tsx', '../bridge.ts'],
  ['renderer/bridge.ts', 'zod', 'type'],
  ['renderer/share-entry/main.ts', '../isolated/page.ts'],
  ['renderer/share-entry/main.ts', '../../shared/codec/share.ts'],
  ['electron/vault/node.ts', 'node-vault'],
  ['electron/vault/node.ts', 'node:https'],
  ['electron/vault/node.ts', './reply.ts'],
  ['electron/keychain/os-keychain.ts', 'keytar'],
  ['electron/offline/sealing.ts', 'node:crypto'],
  ['electron/offline/desk.ts', '../keychain/keychain.ts'],
  ['electron/ceremony/sealed.ts', '../offline/sealing.ts'],
  ['renderer/scan/read-picture.ts', 'qr/decode.js'],
  ['electron/ceremony/start.ts', '../vault/node.ts'],
  ['electron/ceremony/start.ts', '../failover/promote.ts'],
  ['electron/failover/promote.ts', '../ceremony/start.ts'],
  ['electron/settings.ts', 'electron-store'],
  ['electron/security/menu.ts', 'electron', 'type'],
  ['electron/host/chromium.ts', 'playwright-core'],
  ['electron/host/electron.ts', '../preload/channels.ts'],
  ['electron/preload/bridge.ts', 'electron'],
  ['electron/preload/guide.ts', 'keyturn:slice/guide'],
  ['electron/practice/shares.ts', 'shamir-secret-sharing'],
  ['electron/main.ts', 'electron'],
  ['electron/app.ts', './practice/cluster.ts'],
  ['test/unit/any.test.ts', '../../electron/ipc.ts'],
];

const cases = (imports: readonly Import[]) =>
  imports.map(([file, specifier, how]) => ({ file, specifier, how: how ?? 'value' }));

test.each(cases(refused))('$file may not import $specifier ($how)', ({ file, specifier, how }) => {
  expect(wallInTheWay(file, specifier, how === 'type')).toEqual(expect.any(String));
});

test.each(cases(allowed))('$file may import $specifier ($how)', ({ file, specifier, how }) => {
  expect(wallInTheWay(file, specifier, how === 'type')).toBeUndefined();
});

describe('through ESLint', () => {
  /** Only this rule and no type information, so that it is quick. */
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      plugins: { house: { rules: { walls } } },
      rules: { 'house/walls': 'error' },
    },
  });
  const complaints = async (code: string): Promise<number> => {
    const [result] = await eslint.lintText(code, { filePath: join(root, 'shared/ids.ts') });
    return result?.messages.filter(({ ruleId }) => ruleId === 'house/walls').length ?? 0;
  };

  test.each([
    "import { a } from '../electron/ipc.ts';",
    "import '../electron/ipc.ts';",
    "import type { A } from '../electron/ipc.ts';",
    "export { a } from '../electron/ipc.ts';",
    "export * from '../electron/ipc.ts';",
    "await import('../electron/ipc.ts');",
    "type A = import('../electron/ipc.ts').A;",
  ])('%s is seen', async (code) => {
    expect(await complaints(code)).toBe(1);
  });

  test('an import inside the room is not', async () => {
    expect(await complaints("import { a } from './profile.ts';")).toBe(0);
  });

  test.each(['shared/ids.ts', 'electron/ipc.ts', 'renderer/bridge.ts', 'scripts/build.mjs'])(
    'the rule is on for %s',
    async (file) => {
      const config: unknown = await new ESLint({ cwd: root }).calculateConfigForFile(
        join(root, file),
      );
      expect(config).toHaveProperty(['rules', 'house/walls', 0], 2);
    },
  );
});
