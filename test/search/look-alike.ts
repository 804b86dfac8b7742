/** Characters that a reader of pictures takes for each other, each group under its first. */
const groups = ['0oqdc', '1iljt', '5s', '8b', '2z', '9gq', '6', '4a', 'vuy', 'nm', 'fr'];

const leader = new Map<string, string>();
for (const group of groups)
  for (const each of group) if (!leader.has(each)) leader.set(each, group.charAt(0));

/** A text as it looks from afar: letters and digits only, in small letters, one for each group of look-alikes. */
export const lookAlike = (text: string): string =>
  Array.from(text.toLowerCase())
    .map((each) => (each === '|' || each === '!' ? '1' : each))
    .filter((each) => /[a-z0-9]/.test(each))
    .map((each) => leader.get(each) ?? each)
    .join('');
