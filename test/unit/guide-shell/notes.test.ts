import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ClientContext, type GuideClient } from '../../../renderer/guide/app/client.ts';
import { DeskNote } from '../../../renderer/guide/screens/offline/DeskNote.tsx';
import { ShiftNote } from '../../../renderer/guide/screens/shift/ShiftNote.tsx';
import { profileIdSchema } from '../../../shared/ids.ts';

const silent: GuideClient = {
  call: () => new Promise(() => undefined),
  on: () => () => undefined,
};
const profileId = profileIdSchema.parse('payments-frankfurt');

it.each([
  ['a shift', createElement(ShiftNote, { profileId, by: 'Robin' })],
  ['a desk', createElement(DeskNote)],
])('a note of %s says who writes it, and what does not belong there', (_, form) => {
  const page = renderToStaticMarkup(createElement(ClientContext.Provider, { value: silent }, form));
  expect(page).toContain('Written by');
  expect(page).toContain('No share, OTP or token belongs here.');
});
