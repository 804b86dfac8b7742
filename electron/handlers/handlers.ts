import type { Contract } from '../../shared/contract.ts';
import type { AppInfo } from '../../shared/contract/guide.ts';
import type { Ceremonies, CeremoniesOptions } from '../ceremony/ceremonies.ts';
import type { SelfTest, SelfTestWish } from '../../shared/self-test.ts';
import type { HolderDesk } from '../holder/holder-desk.ts';
import type { Host } from '../host/host.ts';
import type { Handlers } from '../ipc.ts';
import type { RecordSigner } from '../../shared/transcript/signature.ts';
import type { OfflineDesk } from '../offline/desk.ts';
import type { Parcels } from '../offline/parcels.ts';
import type { Records } from '../records/records.ts';
import type { Settings } from '../settings.ts';
import type { Shifts } from '../shift/shifts.ts';
import { aftercareCalls } from './aftercare-calls.ts';
import { appCalls } from './app-calls.ts';
import { ceremonyCalls } from './ceremony-calls.ts';
import type { Clusters } from './clusters.ts';
import { deskCalls, parcelCalls } from './desk-calls.ts';
import type { EntryDesk } from './entry-desk.ts';
import { holderCalls } from './holder-calls.ts';
import { promoteCalls } from './promote-page.ts';
import { secretEntryCalls } from './secret-page.ts';
import { shareEntryCalls } from './share-page.ts';
import { pgpCalls, type PgpDesk } from './pgp-desk.ts';
import type { KeychainChoice } from './keychain-choice.ts';
import { practiceCalls } from './practice-calls.ts';
import type { PracticeDesk } from './practice-desk.ts';
import { profileCalls } from './profile-calls.ts';
import { recordCalls } from './record-calls.ts';
import { scanCalls } from './scan-calls.ts';
import { scriptCalls } from './script-calls.ts';
import { shiftCalls } from './shift-calls.ts';
import { surfaceCalls } from './surface-calls.ts';
import { topologyCalls } from './topology-calls.ts';
import type { Poller } from '../topology/poller.ts';

/** Everything a handler may need. Each takes what is its own. */
export interface Office {
  readonly about: Pick<
    AppInfo,
    | 'version'
    | 'host'
    | 'hostNote'
    | 'realClustersAllowed'
    | 'temporaryKeyring'
    | 'dataFolder'
    | 'folderDialog'
  >;
  readonly notices: AppInfo['notices'];
  readonly host: Host;
  readonly settings: Settings;
  readonly keychain: KeychainChoice;
  readonly practice: PracticeDesk;
  readonly clusters: Clusters;
  readonly poller: Poller;
  readonly ceremonies: Ceremonies;
  readonly records: Records;
  readonly entries: EntryDesk;
  readonly desk: OfflineDesk;
  readonly holder: HolderDesk;
  readonly parcels: Parcels;
  /** This installation's own key: it signs records and invitations. */
  readonly signer: RecordSigner;
  readonly pgp: PgpDesk;
  readonly shifts: Shifts;
  readonly script: CeremoniesOptions['script'];
  readonly selfTest: (wish: SelfTestWish) => Promise<SelfTest>;
}

/** The contract's other half: one function for each call of each surface. */
export const handlersOf = (office: Office): Handlers<Contract> => ({
  guide: {
    ...appCalls(office),
    ...practiceCalls(office),
    ...profileCalls(office),
    ...ceremonyCalls(office),
    ...aftercareCalls(office),
    ...recordCalls(office),
    ...scriptCalls(office),
    ...shiftCalls(office),
    ...surfaceCalls(office),
    ...deskCalls(office),
    ...holderCalls(office),
    ...parcelCalls(office),
    ...pgpCalls(office),
    ...topologyCalls(office),
  },
  'share-entry': shareEntryCalls(office),
  'secret-entry': secretEntryCalls(office),
  promote: promoteCalls(office),
  scan: scanCalls(office),
});

/** The part of the guide's handlers whose names start with one of these words. */
export type GuideCalls<Prefix extends string> = Pick<
  Handlers<Contract>['guide'],
  Extract<keyof Handlers<Contract>['guide'], `${Prefix}.${string}`>
>;
