import type { GuideCalls, Office } from './handlers.ts';

/** What the guide asks of the app itself: who it is, and where secrets go. */
export function appCalls(office: Office): GuideCalls<'app'> {
  const { settings, keychain } = office;
  return {
    'app.info': async () => ({
      ...office.about,
      keychain: await keychain.viewAtStart(),
      notices: [...office.notices],
      theme: settings.preferences().theme,
    }),
    'app.set-theme': async ({ theme }) => {
      settings.setPreferences({ ...settings.preferences(), theme });
    },
    'app.probe-keychain': () => keychain.view(),
    'app.use-memory-keychain': async ({ agreedBy }) => {
      keychain.useMemory(agreedBy);
      return keychain.view();
    },
    'app.self-test': (wish) => office.selfTest(wish),
  };
}
