// What must be true of every package, looked at in the artifact itself: never in the configuration.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFile, getRawHeader, listPackage, uncache } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fuses } from '../fuses.mjs';

/**
 * @param folder the unpacked tree: `linux-unpacked`, `win-unpacked`, or the `.app`
 * @param options `program`: the executable below it; `platform`; `arch` as Node names it
 * @returns what is wrong, one sentence each
 */
export async function faultsOfPackage(folder, { program, platform, arch }) {
  const resources = join(folder, platform === 'darwin' ? 'Contents/Resources' : 'resources');
  const archive = join(resources, 'app.asar');
  if (!existsSync(archive)) return [`There is no app.asar in ${resources}.`];
  uncache(archive); // The library remembers archives by their path.
  return [
    ...(await faultsOfFuses(join(folder, program))),
    ...faultsOfContents(archive, `${platform}-${arch}`),
    ...faultsOfManifest(archive),
    ...(await faultsOfResources(resources)),
    ...(await faultsOfIntegrity(folder, archive, platform, program)),
  ];
}

async function faultsOfFuses(program) {
  const wire = await getCurrentFuseWire(program);
  const names = Object.keys(wire).filter((key) => /^\d+$/.test(key));
  const strange = names
    .filter((key) => !(key in fuses))
    .map((key) => `Fuse ${key} has no decision.`);
  const wrong = Object.entries(fuses)
    .filter(([fuse, on]) => wire[fuse] !== (on ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([fuse, on]) => `The fuse ${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'}.`);
  return [...strange, ...wrong];
}

const belongs =
  /^(package\.json|LICENSE|out\/(electron|renderer|verifier)\/.+|node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/.+|prebuilds\/.+))$/;
/** `.test.`, `.spec.` or a folder of tests; TypeScript; maps. */
const never = /\.(ts|tsx|mts|map)$|(^|\/)(test|tests|__tests__)\/|\.(test|spec)\./;

function faultsOfContents(archive, prebuild) {
  const files = filesOf(archive);
  const faults = files
    .filter((file) => !belongs.test(file) || never.test(file))
    .map((file) => `${file} does not belong into a package.`);
  const foreign = files.filter(
    (file) => file.includes('/prebuilds/') && !file.includes(`/prebuilds/${prebuild}/`),
  );
  faults.push(...foreign.map((file) => `${file} is for another system than ${prebuild}.`));
  for (const file of files.filter((each) => /\.(js|cjs|mjs|css)$/.test(each))) {
    const text = extractFile(archive, file).toString('utf8');
    if (/^\/[/*][#@] sourceMappingURL=/m.test(text)) faults.push(`${file} names a source map.`);
    if (/\b(electron-updater|autoUpdater)\b/.test(text)) faults.push(`${file} names an updater.`);
  }
  return faults;
}

/** Files only, with slashes, without the first one. */
const filesOf = (archive) =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path, _, all) => !all.some((other) => other.startsWith(`${path}/`)));

function faultsOfManifest(archive) {
  const manifest = JSON.parse(extractFile(archive, 'package.json').toString('utf8'));
  return ['devDependencies', 'scripts']
    .filter((field) => Object.keys(manifest[field] ?? {}).length > 0)
    .map((field) => `package.json in the archive has ${field}.`);
}

/** Electron would load an `app` folder or its own default beside the archive where it may. */
async function faultsOfResources(resources) {
  const allowed = /^(app\.asar|app\.asar\.unpacked|icon\.icns|elevate\.exe|.+\.lproj)$/;
  const names = await readdir(resources);
  return names.filter((name) => !allowed.test(name)).map((name) => `${name} lies beside app.asar.`);
}

/** macOS and Windows compare the archive's header with a hash inside the signed program. */
async function faultsOfIntegrity(folder, archive, platform, program) {
  if (platform === 'linux') return [];
  const { headerString } = getRawHeader(archive);
  const hash = createHash('sha256').update(headerString).digest('hex');
  const holder = join(folder, platform === 'darwin' ? 'Contents/Info.plist' : program);
  const bytes = await readFile(holder);
  return bytes.includes(hash) ? [] : [`${holder} does not hold the hash of app.asar.`];
}
