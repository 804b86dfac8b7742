import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { ClientContext, type GuideClient } from '../../renderer/guide/app/client.ts';
import { stepOf } from '../../renderer/guide/screens/ceremony/shown-step.ts';
import { Now } from '../../renderer/guide/screens/ceremony/steps/Now.tsx';
import { ViewContext, type CeremonyView } from '../../renderer/guide/screens/ceremony/view.ts';
import type { Recorded } from '../../shared/ceremony/events.ts';
import { fold } from '../../shared/ceremony/fold.ts';
import { possible } from '../../shared/ceremony/possible.ts';
import { recordsOf, scenes } from '../preview/scenes.ts';

const silent: GuideClient = {
  call: () => new Promise(() => undefined),
  on: () => () => undefined,
};

/** The step on the screen of a scene (test/preview/scenes.ts), as HTML, before any call has answered. */
export function pageOf(
  name: string,
  change: (record: Recorded) => Recorded = (record) => record,
): string {
  const scene = scenes.find((one) => one.name === name);
  if (!scene) throw new Error(`no scene ${name}`);
  const records = recordsOf(scene, new Date('2026-11-23T03:40:00.000Z')).map(change);
  const folded = fold(records);
  if (!folded.ok) throw new Error(folded.reason);
  const { state } = folded;
  // As Running.tsx: a good preflight is read before the next step.
  const shown = state.phase === 'roster' ? 'preflight' : stepOf(state);
  const view: CeremonyView = {
    id: state.id,
    state,
    records,
    info: {
      version: '0.0.0-test',
      host: 'chromium',
      realClustersAllowed: true,
      temporaryKeyring: false,
      dataFolder: '/nowhere',
      folderDialog: false,
      hostNote: '',
      keychain: { state: 'working', backend: 'os' },
      notices: [],
      theme: 'system',
    },
    activity: undefined,
    onHome: () => undefined,
    go: () => undefined,
    can: (command) => possible(state).includes(command),
    isOpen: () => false,
    recheck: { run: () => undefined, busy: false, problem: undefined, answer: undefined },
    shown,
    show: () => undefined,
  };
  return renderToStaticMarkup(
    createElement(
      ClientContext.Provider,
      { value: silent },
      createElement(ViewContext.Provider, { value: view }, createElement(Now, { shown })),
    ),
  );
}
