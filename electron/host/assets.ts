import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Surface } from '../../shared/contract/define.ts';
import { securityHeaders } from '../security/csp.ts';

export interface Asset {
  readonly status: 200 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The only kinds of file a page is made of; any other name is not found. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A path that needs no decoding: anything escaped, doubled, dotted or foreign is refused unread. */
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/**
 * Reads one file of one built page, with the headers every page is served with.
 * @param root the folder that holds one folder for each surface
 * @param path the URL's path, still escaped, without query or fragment
 */
export async function readAsset(
  root: string,
  surface: Surface,
  method: string,
  path: string,
): Promise<Asset> {
  if (method !== 'GET') return refusal(surface, 405);
  const wanted = path === '/' ? '/index.html' : path;
  const contentType = contentTypes[extname(wanted)];
  if (!plainPath.test(wanted) || contentType === undefined) return refusal(surface, 404);
  const file = await fileInside(join(root, surface), wanted);
  if (file === undefined) return refusal(surface, 404);
  return {
    status: 200,
    headers: { ...securityHeaders(surface), 'content-type': contentType },
    body: await readFile(file),
  };
}

/** The real path of a regular file that lies inside the folder once every link is followed. */
async function fileInside(folder: string, path: string): Promise<string | undefined> {
  try {
    const home = await realpath(folder);
    const file = await realpath(join(home, path));
    if (!file.startsWith(home + sep)) return undefined;
    return (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

const refusal = (surface: Surface, status: 404 | 405): Asset => ({
  status,
  headers: { ...securityHeaders(surface), 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.alloc(0),
});
