// Draws the isolated pages with a stand-in for main and leaves pictures of their states.
//   node test/preview/isolated/preview.mjs [folder]
// For looking at them while working on them; what they do is tested in test/unit and test/e2e.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { build, runnerImport } from 'vite';
import { scenarios } from './scenarios.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const shots = process.argv[2] ?? join(tmpdir(), 'shots-isolated');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const out = await mkdtemp(join(tmpdir(), 'keyturn-preview-'));
const { module: csp } = await runnerImport(join(root, 'electron/security/csp.ts'), {
  configFile: false,
  root,
});
for (const surface of ['share-entry', 'secret-entry', 'promote', 'scan']) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(root, 'renderer', surface),
    base: './',
    build: {
      outDir: join(out, surface),
      emptyOutDir: false,
      target: 'chrome140',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  });
}

await mkdir(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
let violations = 0;
for (const scenario of scenarios) {
  for (const look of looks(scenario)) {
    violations += await draw(scenario, look);
  }
}
await browser.close();
await rm(out, { recursive: true });
console.log(`Pictures are in ${shots}; ${violations} accessibility violations.`);
process.exitCode = violations === 0 ? 0 : 1;

/** Every state in both themes; those that ask for it also at 200 % zoom. */
function looks({ zoom }) {
  const plain = { viewport: { width: 720, height: 760 }, deviceScaleFactor: 1 };
  return [
    { ...plain, name: 'light', colorScheme: 'light' },
    { ...plain, name: 'dark', colorScheme: 'dark' },
    ...(zoom
      ? [
          {
            name: 'zoom',
            colorScheme: 'light',
            viewport: { width: 360, height: 380 },
            deviceScaleFactor: 2,
          },
        ]
      : []),
  ];
}

async function draw({ name, surface, replies, steps }, { name: look, ...options }) {
  const context = await browser.newContext({ ...options, bypassCSP: false });
  const page = await context.newPage();
  page.on('console', (message) => console.log(name, look, message.text()));
  page.on('pageerror', (error) => console.log(name, look, error.message));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname === '/' ? '/index.html' : pathname;
    await route.fulfill({
      body: (await readFile(join(out, surface, file), 'utf8')).replaceAll(' crossorigin', ''),
      contentType: types[extname(file)],
      headers: csp.securityHeaders(surface),
    });
  });
  await page.addInitScript((answers) => {
    globalThis.keyturn = {
      calls: [],
      call: async (call, payload) => {
        globalThis.keyturn.calls.push([call, payload]);
        return answers[call] ?? { ok: true };
      },
      on: () => () => {},
    };
  }, replies);
  await page.goto(`https://keyturn-${surface}.invalid/`);
  await page.locator('h1').waitFor();
  await steps(page);
  const file = join(shots, `${name}-${look}.png`);
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  if (wide) console.log(`${name} ${look}: wider than its window`);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  for (const { id, help, nodes } of violations) {
    console.log(`${name} ${look}: ${id}: ${help}`, nodes.map((node) => node.html).slice(0, 3));
  }
  await context.close();
  return violations.length + (wide ? 1 : 0);
}
