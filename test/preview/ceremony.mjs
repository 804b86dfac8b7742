// Looks at the ceremony's screens, one picture for each scene of scenes.ts, in light, dark and zoomed.
//   node test/preview/ceremony.mjs [--out DIR] [--only WORD,WORD] [--form light|dark|zoom]
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
  options: {
    out: { type: 'string', default: '/tmp/shots-ceremony' },
    only: { type: 'string' },
    form: { type: 'string' },
  },
});
const site = join(values.out, '.site');
const origin = 'https://keyturn-preview.invalid';

/** What is done in a scene before its picture; a scene that is not named is shown as it comes. */
const openAll = (page) =>
  page.evaluate(() => {
    for (const part of document.querySelectorAll('main details')) part.setAttribute('open', '');
  });
const press = (name) => (page) => page.getByRole('button', { name }).first().click();
const extra = [
  ['roster', 'roster-people', press('Go on to the people')],
  ['roster-practice', 'roster-practice-people', press('Go on to the people')],
  ['roster', 'roster-errors', press('Go on to the people'), press('Keep these names')],
  ['collecting-two', 'collecting-open', openAll],
  ['collecting-two', 'collecting-rechecked', press('Check with Vault')],
  [
    'collecting-two',
    'cancel',
    (page) => page.getByText('Cancel').first().click(),
    press('Cancel the attempt'),
  ],
  [
    'collecting-two',
    'collecting-invited',
    openAll,
    press('Make an invitation'),
    (page) => page.getByRole('img', { name: /QR code$/ }).waitFor(),
  ],
  ['complete-pgp', 'complete-pgp-open', openAll],
  [
    'ready',
    'ready-pgp',
    (page) => page.getByText('A key of the gpg on this computer').click(),
    (page) => page.getByText('Nadia Stern').click(),
  ],
  ['decoded', 'decoded-errors', press('Put the statement')],
  ['decoded-fenced', 'decoded-open', openAll],
  ['aftercare-not-deleted', 'aftercare-open', openAll],
  ['preflight-stop', 'preflight-open', openAll],
  ['primary-active', 'primary-active-errors', press('Demote the primary from here')],
  [
    'primary-active',
    'primary-active-snapshot',
    (page) => page.getByText('Take a raft snapshot of it first').click(),
  ],
  [
    'primary-active',
    'primary-active-reason',
    (page) => page.getByText('Go on although it is active').click(),
  ],
  ['expired-found', 'expired-found-open', openAll],
  ['expired-collecting', 'expired-collecting-open', openAll],
  ['joined-complete', 'joined-complete-open', openAll],
  ['way-token-asked', 'way-token-asked-open', openAll],
  ['root-in-hand', 'root-unseen', press('Revoke it unseen')],
  ['root-kept', 'root-kept-revoke', press('Revoke the root token')],
  ['root-shown', 'root-shown-open', openAll],
  ['aftercare-list', 'aftercare-batch', press('A new batch token is issued')],
  ['aftercare-list', 'aftercare-back', press('The fail-back is planned')],
];

const forms = {
  light: { viewport: { width: 1024, height: 700 }, colorScheme: 'light' },
  dark: { viewport: { width: 1024, height: 700 }, colorScheme: 'dark' },
  zoom: { viewport: { width: 512, height: 350 }, deviceScaleFactor: 2, colorScheme: 'light' },
};

const { module: csp } = await runnerImport(join(here, '../../electron/security/csp.ts'));
const { module: hand } = await runnerImport(join(here, 'scenes.ts'));
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

const shown = [...hand.scenes.map(({ name }) => [name, name]), ...extra];
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
let faults = 0;
try {
  for (const [form, context] of Object.entries(forms)) {
    if (values.form && values.form !== form) continue;
    const window = await browser.newContext(context);
    await window.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      await route.fulfill({
        headers: { 'content-security-policy': csp.contentSecurityPolicy('guide') },
        contentType: types[extname(path)] ?? 'text/plain',
        body: await readFile(join(site, path)),
      });
    });
    for (const [scene, name, ...steps] of shown) {
      if (values.only && !values.only.split(',').some((word) => name.includes(word))) continue;
      const page = await window.newPage();
      page.on('console', (line) => complain(name, form, line));
      page.on('pageerror', (error) => complain(name, form, error));
      await page.goto(`${origin}/guide.html?scene=${scene}`);
      await page.getByRole('button', { name: 'Take it up again' }).first().click();
      await page.getByRole('complementary').or(page.getByRole('alertdialog')).first().waitFor();
      for (const step of steps) await step(page);
      await page.waitForTimeout(700);
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
