import { expect, it } from 'vitest';
import { pageOf } from '../../fakes/page-of-scene.ts';

/** What Enter does at the step. */
const verbOf = (page: string): string | undefined =>
  /<button[^>]*type="submit"[^>]*>(.*?)<\/button>/.exec(page)?.[1]?.replace(/<[^>]*>/g, '');

it('a deletion that wants a Vault token is not tried again before one is entered', () => {
  expect(verbOf(pageOf('aftercare-not-deleted'))).toBe('Try to delete it again');
  const page = pageOf('aftercare-wants-token');
  expect(verbOf(page)).toBe('Enter the Vault token');
  // Whoever knows better tries it all the same.
  expect(page).toContain('Try to delete it again');
});

it('so it is on the way out before the promotion', () => {
  expect(verbOf(pageOf('leaving-wants-token'))).toBe('Enter the Vault token');
});
