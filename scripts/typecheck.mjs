// Type-checks the TypeScript projects, two at a time; says nothing where there is nothing to say.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const projects = ['shared', 'electron', 'renderer', 'verifier', 'test'];
const tsc = join(root, 'node_modules/typescript/bin/tsc');

const check = (project) =>
  new Promise((settle) => {
    const child = spawn(process.execPath, [tsc, '-p', join(root, project)], {
      stdio: 'inherit',
      cwd: root,
    });
    child.once('exit', (code) => settle(code === 0));
  });

const waiting = [...projects];
const results = [];
async function worker() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    results.push(await check(next));
  }
}
await Promise.all([worker(), worker()]);
process.exit(results.every(Boolean) ? 0 : 1);
