// Child processes that never outlive us.
import { spawn } from 'node:child_process';
import { onPath } from './needs.mjs';

/**
 * Like spawn(), but where the system can, the child is told to go when this process dies, however
 * it dies.
 */
export function spawnBound(command, words, options, signal = 'TERM') {
  return process.platform === 'linux' && onPath('setpriv')
    ? spawn('setpriv', ['--pdeathsig', signal, '--', command, ...words], options)
    : spawn(command, words, options);
}

/** Runs a command to its end and passes our signals on. Resolves with its exit code. */
export async function runToEnd(command, words, env = process.env) {
  const child = spawnBound(command, words, { stdio: 'inherit', env });
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  try {
    return await new Promise((settle, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => settle(code ?? (signal === null ? 1 : 130)));
    });
  } finally {
    for (const signal of signals) process.removeListener(signal, pass);
  }
}

/** Ends a child and waits until it is gone; insists after five seconds. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((settle) => child.once('exit', settle));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(insist);
}

/** Resolves with the first line that a stream brings; rejects when the child ends before. */
export function firstLine(child, stream, what) {
  return new Promise((settle, reject) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) settle(text.slice(0, text.indexOf('\n')));
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${what} ended before it was ready.`)));
  });
}
