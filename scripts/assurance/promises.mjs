/** The first column of every table of the threat model that begins with "Property". */
export function promisesIn(markdown) {
  const promises = [];
  let inTable = false;
  for (const line of markdown.split('\n')) {
    const first = /^\| ([^|]+?) +\|/.exec(line)?.[1];
    if (first === undefined) inTable = false;
    else if (first === 'Property') inTable = true;
    else if (inTable && !/^-+$/.test(first)) promises.push(plain(first));
  }
  return promises;
}

/** A link's text in place of the link. */
const plain = (text) => text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/ \(\S+\.md\)$/, '');
