import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { reactAriaStyleHash } from '../../../electron/security/csp.ts';

/** usePress builds its style from a template with one name in it; both are read from the installed source. */
function installedStyle(): string {
  const aria = dirname(createRequire(import.meta.url).resolve('react-aria/package.json'));
  const source = readFileSync(join(aria, 'dist/private/interactions/usePress.mjs'), 'utf8');
  const [, template = ''] = /style\.textContent = `([^`]*)`\.trim\(\)/.exec(source) ?? [];
  const [, attribute = ''] = /PRESSABLE_ATTRIBUTE = '([^']*)'/.exec(source) ?? [];
  return template.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/, attribute).trim();
}

test('the style hash in the policy is that of the installed React Aria', () => {
  const style = installedStyle();
  expect(style).toContain('[data-react-aria-pressable]');
  const hash = createHash('sha256').update(style).digest('base64');
  expect(reactAriaStyleHash).toBe(`'sha256-${hash}'`);
});
