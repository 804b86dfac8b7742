import type { Finding } from '../../shared/ceremony/findings.ts';
import { compareVersions } from '../../shared/ceremony/versions.ts';
import type { Answered } from './preflight-cluster.ts';

/** Nodes of one cluster that run different releases. */
export function mixedVersionsFinding(there: readonly Answered[]): Finding[] {
  const byVersion = new Map<string, string[]>();
  for (const { node, health } of there) {
    if (!health.version) continue;
    byVersion.set(health.version, [...(byVersion.get(health.version) ?? []), node]);
  }
  if (byVersion.size < 2) return [];
  const shown = [...byVersion].map(([version, nodes]) => `${version} on ${nodes.join(', ')}`);
  return [
    {
      id: 'versions',
      level: 'warning',
      what: `The nodes run different versions: ${shown.join('; ')}.`.slice(0, 2000),
      why: 'After a change of the leader another version answers, with other rules: from Vault 2.0 on an attempt asks for a token.',
      todo: 'Keep the leader as it is during the ceremony, and finish the upgrade afterwards.',
    },
  ];
}

/**
 * What the two clusters' versions mean for attaching the old primary again: a newer primary cannot
 * feed an older secondary (§4.3).
 *
 * @param primary the primary's version, and how old that reading is where it is not of now.
 */
export function attachFinding(
  secondary: string | undefined,
  primary: { readonly version: string; readonly readOn?: string } | undefined,
): Finding {
  const why =
    'A primary cannot replicate to a cluster of an older version. After the promotion this cluster is the primary.';
  if (!primary || !secondary)
    return {
      id: 'versions',
      level: 'unknown',
      what: 'The primary’s version is not known, so it cannot be said whether it can be attached again as it is.',
      why,
      todo: 'Compare both versions before the old primary is attached as a secondary.',
    };
  const theirs = `${primary.version}${primary.readOn ? ` (read on ${primary.readOn.slice(0, 10)})` : ''}`;
  const compared = compareVersions(secondary, primary.version);
  if (compared === undefined)
    return {
      id: 'versions',
      level: 'unknown',
      what: `The versions cannot be compared: this cluster runs ${secondary}, the primary ${theirs}.`,
      why,
      todo: 'Compare both versions before the old primary is attached as a secondary.',
    };
  if (compared > 0)
    return {
      id: 'versions',
      level: 'warning',
      what: `This cluster runs ${secondary}, which is newer than the primary’s ${theirs}. Once promoted, it cannot feed the old primary.`,
      why,
      todo: `Promotion is not held up by this. Before the old primary is attached again, upgrade it to ${secondary}.`,
    };
  if (compared < 0)
    return {
      id: 'versions',
      level: 'warning',
      what: `This cluster runs ${secondary}, which is older than the primary’s ${theirs}.`,
      why: 'A secondary is upgraded before its primary; the other way round is not supported, and data that only the newer version knows may not have been replicated.',
      todo: 'Ask the owner of the service before promoting; upgrade this cluster first where there is time.',
    };
  return {
    id: 'versions',
    level: 'ok',
    what: `Both clusters run ${secondary === primary.version ? secondary : `${secondary} and ${theirs}`}: the old primary can be attached again as it is.`,
    why,
    todo: 'Nothing.',
  };
}
