// Brings what `npm start` and `npm test` need beside Node: looks first, installs as root on Debian
// and its kin, and elsewhere prints the exact command.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { needs, onPath } from './lib/needs.mjs';

/** @param names keys of `needs`. Returns whether all that are not optional are there in the end. */
export function setUp(names) {
  if (process.platform !== 'linux') return setUpElsewhere(names);
  const absent = names.filter((name) => !needs[name].found());
  const missing = absent.filter((name) => !needs[name].optional);
  wish(absent.filter((name) => needs[name].optional));
  if (missing.length === 0) return true;
  console.log(`Missing here: ${missing.map((name) => needs[name].what).join(', ')}.`);
  const manager = managers.find(({ program }) => onPath(program));
  if (manager === undefined) {
    console.log('Install them with this system’s package manager, then run this command again.');
    return false;
  }
  const packages = missing.map((name) => needs[name].packages[manager.key]);
  if (manager.key !== 'apt' || process.getuid?.() !== 0) {
    console.log(`Install them with this command, then run this one again:\n`);
    console.log(`  sudo ${manager.install} ${packages.join(' ')}\n`);
    return false;
  }
  return aptInstall(packages) && missing.every((name) => needs[name].found());
}

/** Good to have: installed where that needs nobody, else only told of. */
function wish(names) {
  if (names.length === 0) return;
  const packages = names.map((name) => needs[name].packages.apt);
  if (onPath('apt-get') && process.getuid?.() === 0 && aptInstall(packages)) return;
  const what = names.map((name) => needs[name].what).join(', ');
  console.log(`Not here, and some tests go without it: ${what}.`);
}

const managers = [
  { key: 'apt', program: 'apt-get', install: 'apt-get install -y' },
  { key: 'dnf', program: 'dnf', install: 'dnf install -y' },
  { key: 'pacman', program: 'pacman', install: 'pacman -S --needed' },
  { key: 'zypper', program: 'zypper', install: 'zypper install -y' },
];

function aptInstall(packages) {
  const started = Date.now();
  console.log(`Installing ${packages.join(' ')} (apt-get, a minute or two) …`);
  const run = (...words) =>
    spawnSync('apt-get', words, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  const update = run('update', '-qq');
  const install = run('install', '-y', '-qq', '--no-install-recommends', ...packages);
  if (install.status === 0) {
    console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
    return true;
  }
  console.error(`${update.stderr}${install.stdout}${install.stderr}`);
  console.error(`apt-get could not install ${packages.join(' ')}. Its own words are above.`);
  return false;
}

/** macOS and Windows bring their own display and keychain; only the browser may be missing. */
function setUpElsewhere(names) {
  if (!names.includes('chromium') || process.env.KEYTURN_CHROMIUM !== undefined) return true;
  console.log('Keyturn’s Chromium host looks for Chrome or Chromium in its usual place.');
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const ready = setUp(Object.keys(needs));
  console.log(ready ? 'This machine has all that Keyturn needs.' : 'Something is still missing.');
  process.exit(ready ? 0 : 1);
}
