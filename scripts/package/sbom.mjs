// The bill of materials, CycloneDX 1.6 as JSON, made from package-lock.json alone: no network, no
// clock, so that two builds of one commit have the same.
import { createHash } from 'node:crypto';

/** What ships though it is no dependency of the program: Electron's runtime is around it. */
const shippedTools = ['node_modules/electron'];

/**
 * @param lock package-lock.json (lockfile version 3)
 * @param manifest package.json
 */
export function billOfMaterials(lock, manifest) {
  const shipped = Object.entries(lock.packages).filter(
    ([path, entry]) => path !== '' && (entry.dev !== true || shippedTools.includes(path)),
  );
  const refs = new Map(shipped.map(([path, entry]) => [path, purl(nameOf(path, entry), entry)]));
  const components = new Map(
    shipped.map(([path, entry]) => [refs.get(path), component(path, entry)]),
  );
  const ours = purl(manifest.name, manifest);
  const dependencies = new Map([
    [ours, [...direct(lock, refs, ''), ...shippedTools.map((path) => refs.get(path))]],
  ]);
  for (const [path] of shipped) {
    const ref = refs.get(path);
    // Electron's installer downloads; nothing of it is in the package.
    const below = shippedTools.includes(path) ? [] : direct(lock, refs, path);
    dependencies.set(ref, [...(dependencies.get(ref) ?? []), ...below]);
  }
  const body = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': ours,
        name: manifest.name,
        version: manifest.version,
        description: manifest.description,
        purl: ours,
        licenses: licences(manifest.license),
      },
    },
    components: [...components.values()].sort(byRef),
    dependencies: [...dependencies]
      .map(([ref, on]) => ({ ref, dependsOn: [...new Set(on)].filter(Boolean).sort() }))
      .sort((a, b) => (a.ref < b.ref ? -1 : 1)),
  };
  return { ...body, serialNumber: serialNumber(body) };
}

function component(path, entry) {
  const name = nameOf(path, entry);
  const [scope, plain] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const ref = purl(name, entry);
  return {
    type: shippedTools.includes(path) ? 'framework' : 'library',
    'bom-ref': ref,
    ...(scope === undefined ? {} : { group: scope }),
    name: plain,
    version: entry.version,
    scope: entry.optional === true ? 'optional' : 'required',
    ...(entry.integrity === undefined ? {} : { hashes: hashes(entry.integrity) }),
    ...(entry.license === undefined ? {} : { licenses: licences(entry.license) }),
    purl: ref,
  };
}

/** A package under another name (`"keytar": "npm:@github/keytar"`) carries its own. */
const nameOf = (path, entry) => entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 13);

const purl = (name, { version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const hashes = (integrity) =>
  integrity.split(' ').map((each) => {
    const [algorithm, base64] = each.split(/-(.*)/s);
    return {
      alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
      content: Buffer.from(base64, 'base64').toString('hex'),
    };
  });

/** Old packages list several in words of their own. */
function licences(named) {
  if (Array.isArray(named)) return named.map(({ type }) => ({ license: { name: type } }));
  return /[ (]/.test(named) ? [{ expression: named }] : [{ license: { id: named } }];
}

/** As Node finds them: in the package's own folder first, then in each one above. */
function direct(lock, refs, path) {
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[path];
  return Object.keys({ ...dependencies, ...optionalDependencies })
    .map((name) => refs.get(resolve(lock, path, name)))
    .filter((ref) => ref !== undefined);
}

function resolve(lock, from, name) {
  for (let folder = from; ;) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (candidate in lock.packages || folder === '') return candidate;
    const above = folder.lastIndexOf('/node_modules/');
    folder = above === -1 ? '' : folder.slice(0, above);
  }
}

const byRef = (a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1);

/** A UUID (version 8, RFC 9562) out of the content: another content, another number. */
function serialNumber(body) {
  const hex = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
