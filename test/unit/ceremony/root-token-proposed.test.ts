import { expect, it } from 'vitest';
import { pageOf } from '../../fakes/page-of-scene.ts';

it('after a batch token nobody is proposed as a holder, and the step says so', () => {
  const page = pageOf('way-nobody-logs-in');
  expect(page).toContain('Make a root token');
  expect(page).not.toContain('with the same people');
  expect(page).toContain('None took part in this failover, so their names are entered there');
});
