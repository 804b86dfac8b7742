// The assurance case as data. Its form (docs/assurance-case.md says it in words):
//
//   ### <claim>
//   <argument>
//   - [name](../test/….test.ts)                       the whole file
//   - [name](../test/….test.ts): “a title” · “another”  some of it
//   - …, may be skipped: <reason>                      at the end of such a line
//   - Open: <what is still to be named>
//
// Outside of a claim, such a line with a reason says it for every piece of evidence in that file.

const heading = /^### (.+)$/;
const evidence = /^- \[[^\]]*\]\(\.\.\/(test\/[^)#\s]+)\)(?::(.*))?$/;
const open = /^- Open: (.+)$/;
const mayBeSkipped = /,? may be skipped: (.+)$/;

/**
 * @returns {{ title: string, argument: string, evidence: Evidence[], open: string[], strange: string[] }[]}
 *   `strange` holds list items that are none of the above.
 */
export function readCase(markdown) {
  const claims = [];
  const reasons = new Map();
  for (const line of joined(markdown)) {
    const title = heading.exec(line)?.[1];
    if (title !== undefined) {
      claims.push({ title, argument: '', evidence: [], open: [], strange: [] });
      continue;
    }
    // A heading of a chapter ends a claim.
    if (/^##? /.test(line)) claims.push(undefined);
    const claim = claims.at(-1);
    if (claim === undefined) {
      if (mayBeSkipped.test(line)) reasons.set(evidenceOf(line).file, evidenceOf(line).skip);
      continue;
    }
    if (!line.startsWith('- ')) claim.argument += line === '' ? '' : `${line} `;
    else if (open.test(line)) claim.open.push(open.exec(line)[1]);
    else if (evidence.test(line.replace(mayBeSkipped, ''))) claim.evidence.push(evidenceOf(line));
    else claim.strange.push(line);
  }
  for (const { evidence } of claims.filter((claim) => claim !== undefined))
    for (const item of evidence) item.skip ??= reasons.get(item.file);
  return claims.filter((claim) => claim !== undefined);
}

function evidenceOf(line) {
  const skip = mayBeSkipped.exec(line)?.[1];
  const [, file = '', rest = ''] = evidence.exec(line.replace(mayBeSkipped, '')) ?? [];
  const titles = [...rest.matchAll(/“([^”]+)”/g)].map(([, title]) => title);
  return { file, titles, skip };
}

/** An item of a list that goes on in the next line, as one line. */
function joined(markdown) {
  const lines = [];
  for (const line of markdown.split('\n')) {
    if (/^ {2}\S/.test(line) && lines.at(-1)?.startsWith('- ')) {
      lines[lines.length - 1] += ` ${line.trim()}`;
    } else lines.push(line.trimEnd());
  }
  return lines;
}
