// Builds the verifier: one file for plain Node with everything inside, shipped with the app and copied
// beside each exported record. It is not minified: whoever wants to read it can.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { root } from './lib/paths.mjs';

/** Builds out/verifier/keyturn-verify.mjs and returns its path. */
export function buildVerifier(outDir = join(root, 'out/verifier')) {
  return bundle('keyturn-verify', outDir, ['zod', '@scure/base']);
}

/** The same with OpenPGP inside, for `npm run verify`. */
export function buildVerifierWithOpenPgp(outDir = join(root, 'out/verifier')) {
  return bundle('keyturn-verify-openpgp', outDir, ['zod', '@scure/base', 'openpgp']);
}

async function bundle(name, outDir, packages) {
  await mkdir(outDir, { recursive: true });
  const footer = (await Promise.all(packages.map(licence))).join('\n');
  await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    root,
    ssr: { target: 'node', noExternal: true },
    build: {
      outDir,
      emptyOutDir: false,
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4000,
      ssr: join(root, `verifier/${name}.ts`),
      minify: false,
      target: 'node18',
      rolldownOptions: {
        checks: { pluginTimings: false },
        output: {
          format: 'es',
          entryFileNames: `${name}.mjs`,
          codeSplitting: false,
          banner,
          footer,
        },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}

const banner = `#!/usr/bin/env node
// Keyturn's verifier: checks the record of a ceremony, offline. Node 18 or newer, nothing else.
//   node keyturn-verify.mjs RECORD [--fingerprint "..."] [--words "..."] [--json]      (--help)
// Made from verifier/ and shared/ of Keyturn, Apache-2.0. What else is inside is named at the end.`;

/** What a package's licence asks for: its text goes where its code goes. */
async function licence(name) {
  const text = await readFile(join(root, 'node_modules', name, 'LICENSE'), 'utf8');
  const lines = [`${name}, part of this file:`, '', ...text.trimEnd().split('\n')];
  return lines.map((line) => `// ${line}`.trimEnd()).join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await buildVerifier());
}
