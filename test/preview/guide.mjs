// Looks at the guide without main: builds it with the fake bridge, opens it in Chromium under the
// real content security policy, and takes a picture of each state in each form.
//   node test/preview/guide.mjs [--out DIR] [--only WORD]
import { mkdir, readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright-core';
import { build, runnerImport } from 'vite';

// Whatever vite is asked first: React is drawn as it ships.
process.env.NODE_ENV = 'production';

const here = import.meta.dirname;
const { values } = parseArgs({
  options: { out: { type: 'string', default: '/tmp/shots' }, only: { type: 'string' } },
});
const site = join(values.out, '.site');
const origin = 'https://keyturn-preview.invalid';

const click =
  (name, role = 'button') =>
  (page) =>
    page.getByRole(role, { name, exact: false }).first().click();
const summary = (text) => (page) => page.getByText(text, { exact: true }).click();
const fill = (label, text) => (page) => page.getByLabel(label, { exact: true }).fill(text);
const addFilled = [
  click('Add a cluster'),
  (page) => page.getByLabel('Name', { exact: true }).fill('payments-frankfurt'),
  (page) => page.getByLabel('Nodes of the DR').fill('https://vault-dr-1.example.net:8200'),
  (page) => page.getByText('Auto-unseal').click(),
];

/** Each state: its name, the page's query, and what is done before the picture. */
const states = [
  ['home', '?home=usual'],
  ['home-empty', '?home=empty'],
  ['home-unfinished', '?home=unfinished'],
  ['home-locked', '?home=locked', (page) => page.getByText('Go on in memory only').first().click()],
  ['home-closed', '?home=closed'],
  ['self-test', '?home=usual', click('Test this machine'), click('Run the self-test')],
  ['clusters', '?home=usual', click('Clusters')],
  ['cluster-new', '?home=empty', click('Add a cluster')],
  ['cluster-errors', '?home=empty', click('Add a cluster'), click('Test connection')],
  ['cluster-tested', '?home=empty', ...addFilled, click('Test connection')],
  ['cluster-mismatch', '?home=mismatch', click('Prepare payments'), click('Test connection')],
  ['cluster-begin', '?home=usual', click('Prepare payments')],
  ['cluster-remove', '?home=usual', click('Clusters'), click('Remove payments')],
  ['cluster-site', '?site=six', click('Prepare payments')],
  ['sites', '?home=usual', click('Sites')],
  ['sites-empty', '?home=empty', click('Sites')],
  ['sites-many', '?site=many', click('Sites'), click('Look at all now'), fill('Search', 'site 1')],
  ...['fine', 'mixed', 'away', 'six', 'two-primaries'].map((site) => [
    `map-${site}`,
    `?site=${site}`,
    click('Map of payments'),
    summary('The whole site as a table'),
  ]),
  ['practice', '?home=usual', click('Practice')],
  [
    'practice-running',
    '?home=practising',
    click('Practice'),
    (page) => page.getByText('Rehearse trouble').click(),
  ],
  [
    'practice-together',
    '?home=practising',
    click('Practice'),
    summary('Practise with another Keyturn on this machine'),
    summary('An envelope as a PGP share'),
    summary('What the clusters were asked'),
  ],
  ['shift', '?home=usual', click('Shift desk of payments')],
  [
    'shift-role',
    '?home=usual',
    click('Shift desk of payments'),
    click('Compare the role'),
    (page) => page.getByText('Yes, write the role').waitFor(),
  ],
  ['desk', '?home=usual', click('Offline desk')],
  ...[
    ['desk-invitation', 'good', 'Answer an invitation'],
    ['desk-signer', 'unknown', 'Answer an invitation'],
    ['desk-sealed', 'sealed', 'Answer an invitation'],
    ['desk-decode', 'empty', 'Decode a token'],
    ['desk-encrypted', 'encrypted', 'Decode a token'],
    ['desk-opened', 'opened', 'Decode a token'],
    ['desk-seal-back', 'seal-back', 'Decode a token'],
    ['desk-otp', 'empty', 'Make an OTP'],
  ].map(([name, desk, task]) => [
    name,
    `?home=usual&desk=${desk}`,
    click('Offline desk'),
    click(`Begin: ${task}`),
  ]),
  ['home-kept', '?home=usual&holder=kept'],
  ...[
    'empty',
    'stopped',
    'unknown',
    'refused',
    'give',
    'gave',
    'again',
    'last',
    'token',
    'other',
    'failed',
    'pending',
    'no-profile',
    'kept',
    'offered',
    'memory',
  ].map((holder) => [`holder-${holder}`, `?home=usual&holder=${holder}`, click('I hold a share')]),
  ['records', '?home=usual', click('Records')],
  ['records-empty', '?home=empty', click('Records')],
  ['records-found', '?home=usual', click('Records'), fill('Search', 'chidi 2026-09')],
  ['records-none', '?home=usual', click('Records'), fill('Search', 'oslo')],
  ['record', '?home=usual', click('Read the record')],
  ['record-dialog', '?home=dialog', click('Read the record'), summary('Export this record')],
  [
    'record-exported',
    '?home=usual',
    click('Read the record'),
    summary('Export this record'),
    fill('Folder to export to', '/media/robin/usb'),
    click('Export the record'),
  ],
  [
    'record-full',
    '?home=usual',
    click('Read the record'),
    summary('Export this record'),
    fill('Folder to export to', '/media/robin/full'),
    click('Export the record'),
  ],
  [
    'record-delete',
    '?home=usual',
    click('Read the record'),
    summary('Delete this record'),
    click('Delete the record'),
  ],
];

/** Each form a window can have; the last is 200 % zoom of 1024 × 700. */
const forms = [
  ['light', { viewport: { width: 1024, height: 700 }, colorScheme: 'light' }],
  ['dark', { viewport: { width: 1024, height: 700 }, colorScheme: 'dark' }],
  ['zoom', { viewport: { width: 512, height: 350 }, deviceScaleFactor: 2, colorScheme: 'light' }],
];

const { module: csp } = await runnerImport(join(here, '../../electron/security/csp.ts'));
await rm(site, { recursive: true, force: true });
await mkdir(values.out, { recursive: true });
await build({
  configFile: false,
  root: here,
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: site,
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: join(here, 'guide.html') },
  },
});

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
let faults = 0;
try {
  for (const [form, context] of forms) {
    const window = await browser.newContext({ ...context, bypassCSP: false });
    await window.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      await route.fulfill({
        headers: { 'content-security-policy': csp.contentSecurityPolicy('guide') },
        contentType: types[extname(path)] ?? 'text/plain',
        body: await readFile(join(site, path)),
      });
    });
    for (const [name, query, ...steps] of states) {
      if (values.only && !name.includes(values.only)) continue;
      const page = await window.newPage();
      page.on('console', (line) => complain(name, form, line));
      page.on('pageerror', (error) => complain(name, form, error));
      await page.goto(`${origin}/guide.html${query}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const step of steps) await step(page);
      await page.waitForFunction(() => document.querySelector('h1') !== null);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(values.out, `${name}-${form}.png`), fullPage: true });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) complain(name, form, `scrolls sideways by ${wide} px`);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const { id, nodes } of violations)
        complain(name, form, `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
      await page.close();
    }
    await window.close();
  }
} finally {
  await browser.close();
}
console.log(faults === 0 ? 'No complaint.' : `${faults} complaints.`);
process.exitCode = faults === 0 ? 0 : 1;

function complain(name, form, what) {
  faults += 1;
  const text = typeof what === 'object' && 'text' in what ? what.text() : String(what);
  console.log(`${name}-${form}: ${text}`);
}
