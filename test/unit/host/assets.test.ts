import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAsset } from '../../../electron/host/assets.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyturn-assets-'));
  await mkdir(join(root, 'guide/assets'), { recursive: true });
  await mkdir(join(root, 'promote'));
  await writeFile(join(root, 'guide/index.html'), '<p>guide');
  await writeFile(join(root, 'guide/assets/index-B_x-1.js'), 'run()');
  await writeFile(join(root, 'guide/secret.txt'), 'not a page’s kind of file');
  await writeFile(join(root, 'guide/.hidden.html'), 'hidden');
  await writeFile(join(root, 'promote/index.html'), '<p>promote');
  await writeFile(join(root, 'outside.html'), 'outside');
  await symlink(join(root, 'outside.html'), join(root, 'guide/link.html'));
  await symlink(join(root, 'promote'), join(root, 'guide/other'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe('a page’s own files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', '<p>guide'],
    ['/index.html', 'text/html; charset=utf-8', '<p>guide'],
    ['/assets/index-B_x-1.js', 'text/javascript; charset=utf-8', 'run()'],
  ])('%s is served with its type and every header', async (path, type, text) => {
    const asset = await readAsset(root, 'guide', 'GET', path);
    expect(asset.status).toBe(200);
    expect(asset.body.toString()).toBe(text);
    expect(asset.headers).toMatchObject({
      'content-type': type,
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS', 'get', 'REFUSED'])(
    '%s is refused',
    async (method) => {
      const asset = await readAsset(root, 'guide', method, '/index.html');
      expect(asset).toMatchObject({ status: 405, body: Buffer.alloc(0) });
    },
  );
});

/** Paths as they reach us, and as a careless decoder would see them. */
const roads = [
  '/../outside.html',
  '/%2e%2e/outside.html',
  '/%2E%2E%2Foutside.html',
  '/assets/../../outside.html',
  '/assets/..%2f..%2foutside.html',
  '/..\\outside.html',
  '/%5c..%5coutside.html',
  '\\..\\outside.html',
  '/index.html%00.js',
  '/index.html\0.js',
  '//outside.html',
  '/./index.html',
  '/index.html/',
  '/assets',
  '/assets/',
  '/.hidden.html',
  '/secret.txt',
  '/link.html',
  '/other/index.html',
  '/promote/index.html',
  '/missing.html',
  '/C:/index.html',
  '/index.html::$DATA',
  '/index.html?x',
  '/index.html#x',
  '/ index.html',
  '/índex.html',
  '',
  'index.html',
];

describe('every road out of the page’s folder is closed', () => {
  test.each(roads)('%j', async (path) => {
    expect(await readAsset(root, 'guide', 'GET', path)).toMatchObject({
      status: 404,
      body: Buffer.alloc(0),
    });
  });

  test('an absolute path is one inside the folder, where there is none', async () => {
    const asset = await readAsset(root, 'guide', 'GET', join(root, 'outside.html'));
    expect(asset.status).toBe(404);
  });

  test('a folder that was never built has no files', async () => {
    expect((await readAsset(root, 'share-entry', 'GET', '/')).status).toBe(404);
  });
});
