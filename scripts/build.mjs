// Builds everything that runs into out/. Vite's own build() is all it takes: electron-vite would be
// one more tool for the same calls, and it knows neither the Chromium host nor a page per surface.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, runnerImport } from 'vite';
import { buildVerifier } from './build-verifier.mjs';
import { root } from './lib/paths.mjs';

const surfaces = ['guide', 'share-entry', 'secret-entry', 'promote', 'scan'];

/** Builds main for both hosts, a preload and a page for each surface. */
export async function buildAll(out = join(root, 'out')) {
  await rm(out, { recursive: true, force: true });
  const names = await contractNames();
  await Promise.all([
    buildElectronMain(join(out, 'electron')),
    buildNodeMain(join(root, 'electron/main-chromium.ts'), join(out, 'chromium'), 'main.js'),
    buildVerifier(join(out, 'verifier')),
    ...surfaces.map((surface) => buildPreload(surface, names, join(out, 'electron/preload'))),
    ...surfaces.map((surface) => buildPage(surface, join(out, 'renderer', surface))),
  ]);
  await writeFile(join(out, 'built'), '');
}

/** A program for plain Node: Electron's name leads to an empty module, since the real one starts a download. */
export function buildNodeMain(entry, outDir, fileName) {
  return buildForNode({
    entry,
    outDir,
    fileName,
    external: ['keytar', 'playwright-core', '@playwright/test'],
    alias: { electron: join(root, 'test/fakes/electron-empty.ts') },
  });
}

function buildElectronMain(outDir) {
  return buildForNode({
    entry: join(root, 'electron/main.ts'),
    outDir,
    fileName: 'main.js',
    external: ['electron', 'keytar'],
    builtIn: ['original-fs'],
  });
}

/**
 * Everything but `external` is bundled, so that a package carries keytar and no other node_modules.
 * `builtIn` are Electron's own modules, which lie in no folder.
 */
function buildForNode({ entry, outDir, fileName, external, builtIn = [], alias = {} }) {
  return build({
    ...common,
    root,
    resolve: { alias },
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ...output(outDir),
      ssr: entry,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        checks,
        external: builtIn,
        output: { format: 'es', entryFileNames: fileName },
      },
    },
  });
}

/** Sandboxed preloads must be one CommonJS file each. */
export function buildPreload(surface, names, outDir) {
  return build({
    ...common,
    root,
    plugins: [sliceNames(names)],
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      ...output(outDir),
      ssr: join(root, `electron/preload/${surface}.ts`),
      minify: false,
      target: 'chrome140',
      rolldownOptions: { checks, output: { format: 'cjs', entryFileNames: `${surface}.cjs` } },
    },
  });
}

function buildPage(surface, outDir) {
  return build({
    ...common,
    root: join(root, 'renderer', surface),
    base: './',
    plugins: [...(surface === 'guide' ? [react()] : []), plainScriptTags],
    build: {
      ...output(outDir),
      minify: true,
      target: 'chrome140',
      rolldownOptions: { checks },
      // Both would put script or data into the page that its content security policy refuses.
      modulePreload: { polyfill: false },
      // One style sheet whatever comes first: its order must not depend on which screen was opened when.
      cssCodeSplit: false,
      assetsInlineLimit: 0,
    },
  });
}

/** Several builds at once make each other look slow; nothing is wrong with a plugin. */
const checks = { pluginTimings: false };

const common = { configFile: false, envDir: false, logLevel: 'warn', publicDir: false };

const output = (outDir) => ({
  outDir,
  emptyOutDir: false,
  sourcemap: false,
  reportCompressedSize: false,
  chunkSizeWarningLimit: 2000,
});

/** `crossorigin` asks for CORS, which a custom scheme does not speak and one origin does not need. */
const plainScriptTags = {
  name: 'keyturn-plain-script-tags',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replaceAll(/ crossorigin(?=[ >])/g, ''),
  },
};

/** `keyturn:slice/<surface>`: the names in that surface's slice, so that a preload carries no schema. */
const sliceNames = (names) => ({
  name: 'keyturn-slice-names',
  resolveId: (id) => (id.startsWith('keyturn:slice/') ? `\0${id}` : undefined),
  load(id) {
    if (!id.startsWith('\0keyturn:slice/')) return undefined;
    const { calls, pushes } = names[id.slice('\0keyturn:slice/'.length)];
    return `export const calls = ${JSON.stringify(calls)};\nexport const pushes = ${JSON.stringify(pushes)};\n`;
  },
});

/** Reads the names of all calls and pushes from the contract itself. */
export async function contractNames() {
  const { module } = await runnerImport(join(root, 'shared/contract.ts'), { ...common, root });
  return Object.fromEntries(
    Object.entries(module.contract).map(([surface, slice]) => [
      surface,
      { calls: Object.keys(slice.calls), pushes: Object.keys(slice.pushes) },
    ]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = Date.now();
  await mkdir(join(root, 'out'), { recursive: true });
  await buildAll();
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}
