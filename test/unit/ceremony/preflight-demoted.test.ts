import { expect, it } from 'vitest';
import { pageOf } from '../../fakes/page-of-scene.ts';

it('a finding that is older than the demotion is not shown beside it', () => {
  expect(pageOf('primary-active')).toContain('The secondary hears the primary');
  const page = pageOf('primary-demoted');
  expect(page).toContain('The old primary was demoted from here');
  expect(page).not.toContain('The primary answers as active');
});
