import { expect, type Page } from '@playwright/test';

/** Waits until a button can be pressed, walks to it with Tab, and presses Enter. */
export async function press(page: Page, name: string, timeout = 30_000): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await expect(button).toBeEnabled({ timeout });
  await tabTo(page, name, { tag: 'button' });
  await page.keyboard.press('Enter');
}

/**
 * Walks with Tab until the focus is on the control of this name. Fails when a full round does not
 * reach it, or where the focus cannot be seen.
 */
export async function tabTo(
  page: Page,
  name: string,
  { tag, last = false }: { tag: 'button' | 'field'; last?: boolean },
): Promise<void> {
  const all =
    tag === 'button'
      ? page.getByRole('button', { name, exact: true })
      : page.getByLabel(name, { exact: true });
  const wanted = last ? all.last() : all.first();
  await wanted.waitFor();
  for (let n = 0; n < 120; n += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expect(wanted, `${name} can be seen where it has the focus`).toBeInViewport();
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach "${name}".`);
}
