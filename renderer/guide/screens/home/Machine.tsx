import type { AppInfo, KeychainView } from '../../../../shared/contract/guide.ts';
import type { Go } from '../../app/place.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';

/** What happened to the app's files while it opened. Nothing is thrown away; where it is stands here. */
export function FileNotices({ info }: { info: AppInfo }) {
  return info.notices.map((notice) => (
    <Notice key={`${notice.what}${notice.keptAs ?? ''}`} tone="warning" title={notice.what}>
      {notice.keptAs && <p>Kept aside, unchanged, as {notice.keptAs}</p>}
    </Notice>
  ));
}

/** What this machine gives the app to work with. */
export function Machine({ info, go }: { info: AppInfo; go: Go }) {
  return (
    <Section
      title="This machine"
      aside={
        <Button icon="shield" onPress={() => go({ at: 'self-test' })}>
          Test this machine
        </Button>
      }
    >
      {info.temporaryKeyring && (
        <Notice tone="warning" title="The keychain is a temporary one">
          <p>
            It was made for this run and is gone with it. That is enough for practice; a real
            ceremony needs the keychain of the person who is logged in.
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          ['Keychain', keychainWords(info.keychain)],
          ['Window', windowWords(info)],
          ['Records are kept in', info.dataFolder],
        ]}
      />
    </Section>
  );
}

function keychainWords(keychain: KeychainView): string {
  switch (keychain.state) {
    case 'working':
      return `Working (${keychain.backend})`;
    case 'locked':
      return 'Locked';
    case 'absent':
      return 'None answers';
    case 'failing':
      return 'Not working';
    case 'memory':
      return 'Not used; secrets stay in memory';
  }
}

const windowWords = ({ host, hostNote }: AppInfo): string =>
  [host === 'electron' ? 'Electron' : 'Chromium', hostNote].filter(Boolean).join('. ');
