// The walls of the house, as one table and the lint rule that keeps them: who may import whom.
import { builtinModules } from 'node:module';
import { posix, relative, sep } from 'node:path';
import { root } from '../lib/paths.mjs';

/**
 * What of ours the files of a room may import; a room always knows itself. The longest prefix that
 * fits a file is its room.
 */
const rooms = {
  'shared/': [],
  'renderer/': ['renderer/', 'shared/'],
  'renderer/isolated/': ['renderer/bridge.ts', 'renderer/style/', 'shared/'],
  'renderer/share-entry/': [
    'renderer/isolated/',
    'renderer/bridge.ts',
    'renderer/style/',
    'shared/',
  ],
  'renderer/secret-entry/': [
    'renderer/isolated/',
    'renderer/bridge.ts',
    'renderer/style/',
    'shared/',
  ],
  'renderer/scan/': ['renderer/isolated/', 'renderer/bridge.ts', 'renderer/style/', 'shared/'],
  'renderer/promote/': ['renderer/isolated/', 'renderer/bridge.ts', 'renderer/style/', 'shared/'],
  'electron/': ['electron/', 'shared/', 'package.json'],
  'electron/ceremony/': [
    'electron/failover/',
    'electron/offline/',
    'electron/pgp/',
    ...tellers(),
    'shared/',
  ],
  'electron/failover/': ['electron/ceremony/', ...tellers(), 'shared/'],
  'electron/shift/': [...tellers(), 'shared/'],
  // Whatever works without a network cannot reach the room that has one.
  'electron/offline/': ['electron/keychain/', 'electron/transcript/', 'shared/'],
  // A holder's laptop: what is read offline is followed to Vault from here.
  'electron/holder/': [
    'electron/ceremony/give-share.ts',
    'electron/ceremony/outcome.ts',
    'electron/failover/preflight-cluster.ts',
    'electron/offline/',
    ...tellers(),
    'shared/',
  ],
  'electron/topology/': ['electron/vault/', 'shared/'],
  'electron/self-test/': [
    'electron/ceremony/',
    'electron/failover/',
    'electron/practice/',
    'electron/script-file.ts',
    ...tellers(),
    'shared/',
  ],
  'electron/vault/': ['shared/'],
  'electron/keychain/': ['shared/'],
  'electron/transcript/': ['shared/'],
  'electron/practice/': ['shared/'],
  'electron/pgp/': ['shared/'],
  'electron/security/': ['shared/'],
  'electron/preload/': ['shared/'],
  'electron/host/': ['electron/security/', 'electron/preload/channels.ts', 'shared/'],
  'verifier/': ['electron/transcript/', 'shared/'],
  'test/': [''],
  'scripts/': [''],
};

/** Node's own ways to another machine; the rooms here may import none of them. */
const connecting = ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'child_process'];
const unconnected = ['electron/offline/'];

function tellers() {
  return ['electron/vault/', 'electron/keychain/', 'electron/transcript/'];
}

/** Packages that only some files may import. Every other package is open to `electron/` and the guide. */
const guarded = {
  electron: ['electron/main.ts', 'electron/host/electron.ts', 'electron/preload/'],
  'original-fs': ['electron/main.ts'],
  keytar: ['electron/keychain/'],
  'node-vault': ['electron/vault/'],
  'electron-store': ['electron/settings.ts'],
  'playwright-core': ['electron/host/'],
  'shamir-secret-sharing': ['electron/practice/'],
  zod: ['shared/', 'electron/', 'renderer/guide/', 'verifier/'],
  react: ['renderer/guide/'],
  'react-dom': ['renderer/guide/'],
  'react-aria-components': ['renderer/guide/'],
};
/** As above, where only the types are imported: those are gone when the program runs. */
const guardedTypes = {
  ...guarded,
  electron: [...guarded.electron, 'electron/security/', 'electron/host/'],
  zod: ['shared/', 'electron/', 'renderer/'],
};

/** Rooms that take no package but these. `shared` is pure; an isolated page has no dependency at all. */
const onlyPackages = {
  'shared/': ['zod', '@scure/base'],
  'renderer/isolated/': [],
  'renderer/share-entry/': [],
  'renderer/secret-entry/': [],
  'renderer/promote/': [],
  // The one page that reads pictures: the decoder belongs behind its sandbox.
  'renderer/scan/': ['qr'],
  'electron/preload/': ['electron'],
};

/** Says what is wrong with an import, or nothing. Paths are relative to the project, with slashes. */
export function wallInTheWay(file, specifier, typeOnly) {
  if (file.startsWith('test/') || file.startsWith('scripts/')) return undefined;
  return specifier.startsWith('.')
    ? roomInTheWay(file, posix.join(posix.dirname(file), specifier))
    : packageInTheWay(file, specifier, typeOnly);
}

function roomInTheWay(file, target) {
  const room = longestPrefix(Object.keys(rooms), file);
  if (room === undefined) return undefined;
  const known = [room, ...rooms[room]];
  const isOwn = longestPrefix(Object.keys(rooms), target) === room;
  const isKnown = known.slice(1).some((prefix) => target.startsWith(prefix));
  return isOwn || isKnown ? undefined : `${room} does not know ${target}.`;
}

function packageInTheWay(file, specifier, typeOnly) {
  const name = packageOf(specifier);
  if (name === undefined) return undefined;
  const inElectron = file.startsWith('electron/') && !file.startsWith('electron/preload/');
  const onNode = inElectron || file.startsWith('verifier/');
  const connects = connecting.includes(specifier.replace(/^node:/, '').split('/')[0]);
  if (connects && unconnected.some((room) => file.startsWith(room)))
    return `${file} cannot connect to anything.`;
  if (name === 'node:') return onNode || isConfig(file) ? undefined : `${file} is not on Node.`;
  const allowed = (typeOnly ? guardedTypes : guarded)[name];
  if (
    allowed !== undefined &&
    !isConfig(file) &&
    !allowed.some((prefix) => file.startsWith(prefix))
  )
    return `Only ${allowed.join(', ')} may import ${name}.`;
  if (typeOnly && guardedTypes[name] !== undefined) return undefined;
  const room = longestPrefix(Object.keys(onlyPackages), file);
  return room === undefined || onlyPackages[room].includes(name)
    ? undefined
    : `${room} does not import ${name}.`;
}

const isConfig = (file) => !file.includes('/');

const longestPrefix = (prefixes, path) =>
  prefixes.filter((prefix) => path.startsWith(prefix)).sort((a, b) => b.length - a.length)[0];

/** `@scope/name` or `name`; `node:` for any of Node's own; nothing for a virtual module of the build. */
function packageOf(specifier) {
  if (specifier.startsWith('keyturn:')) return undefined;
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The ESLint rule: every import, export-from, dynamic import and import type of a file. */
export const walls = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{reason}}' } },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');
    const check = (source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const reason = wallInTheWay(file, source.value, typeOnly);
      if (reason !== undefined)
        context.report({ node: source, messageId: 'wall', data: { reason } });
    };
    const isType = (node) => node.importKind === 'type' || node.exportKind === 'type';
    return {
      ImportDeclaration: (node) => check(node.source, isType(node)),
      ExportNamedDeclaration: (node) => check(node.source, isType(node)),
      ExportAllDeclaration: (node) => check(node.source, isType(node)),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    };
  },
};
