export function promisesIn(markdown: string): readonly string[];
