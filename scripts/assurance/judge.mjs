/**
 * Holds the claims against the tests.
 * @param sourceOf a file's text by its path, or nothing where there is no such file
 * @param deep whether the run was the deep share
 * @returns {{ faults: string[], notes: string[], counts: { evidence: number, shown: number } }}
 */
export function judgeCase({ claims, promises, sourceOf, results, deep }) {
  const faults = results.missing.map((tier) => `The tier "${tier}" ran and left no results.`);
  const notes = [];
  const counts = { evidence: 0, shown: 0 };
  if (claims.length === 0) faults.push('docs/assurance-case.md has no claim.');
  const titles = claims.map(({ title }) => title);
  for (const title of new Set(titles.filter((title, at) => titles.indexOf(title) !== at)))
    faults.push(`Two claims are called "${title}".`);
  for (const promise of promises)
    if (!titles.includes(promise))
      faults.push(`The threat model promises "${promise}", and no claim has that title.`);

  for (const claim of claims) {
    const at = (what) => `"${claim.title}": ${what}`;
    if (claim.argument === '') faults.push(at('has no argument.'));
    if (claim.evidence.length === 0 && claim.open.length === 0) faults.push(at('has no evidence.'));
    for (const item of claim.open) notes.push(at(`still open: ${item}`));
    for (const item of claim.strange) faults.push(at(`this line is no evidence: ${item}`));
    for (const item of claim.evidence) {
      counts.evidence += 1;
      const { fault, note } = judgeOne(item, { source: sourceOf(item.file), results, deep });
      if (fault !== undefined) faults.push(at(fault));
      else if (note !== undefined) notes.push(at(note));
      else if (results.ran.length > 0) counts.shown += 1;
    }
  }
  return { faults, notes, counts };
}

/** One piece of evidence: a fault, a note that it was not shown by this run, or neither. */
function judgeOne({ file, titles, skip }, { source, results, deep }) {
  if (source === undefined) return { fault: `${file} does not exist.` };
  const unknown = titles.find((title) => !source.includes(title));
  if (unknown !== undefined) return { fault: `${file} has no test “${unknown}”.` };

  const tier = /\.spec\.ts$/.test(file) ? 'e2e' : 'unit';
  if (!results.ran.includes(tier))
    return results.ran.length > 0 ? { note: `${file}: its tier did not run.` } : {};
  if (/\.deep\./.test(file) !== deep) return { note: `${file}: not run in this share.` };

  const all = results.tests.get(file) ?? [];
  if (all.length === 0) return { fault: `${file} was not run.` };
  for (const title of titles.length === 0 ? [''] : titles) {
    const meant = all.filter(({ name }) => name.includes(title));
    const what = title === '' ? file : `${file} “${title}”`;
    if (meant.length === 0) return { fault: `${what} was not run.` };
    if (meant.some(({ state }) => state === 'failed')) return { fault: `${what} failed.` };
    if (meant.some(({ state }) => state === 'skipped')) {
      if (skip === undefined) return { fault: `${what} was skipped.` };
      return { note: `${what}: not shown on this machine, ${skip}` };
    }
  }
  return {};
}
