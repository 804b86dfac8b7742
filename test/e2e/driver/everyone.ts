import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import type { Look } from './perform.ts';

/** Every window at every step: no axe violation, nothing cut off sideways at 1024 × 700 and at 200 %. */
export const forEveryone: Look = async (page, name) => {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // React Aria's live region still names a button that is gone once it has said that it is busy.
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((n) => n.html).join(' ')}`),
  ).toEqual([]);
  await fitsAt(page, name, { width: 1024, height: 700, deviceScaleFactor: 1 });
  await fitsAt(page, name, { width: 512, height: 350, deviceScaleFactor: 2 });
};

async function fitsAt(
  page: Page,
  name: string,
  size: { width: number; height: number; deviceScaleFactor: number },
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', { ...size, mobile: false });
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways, `${name} at ${size.width} × ${size.height}`).toBeLessThanOrEqual(0);
  await session.send('Emulation.clearDeviceMetricsOverride');
  await session.detach();
}
