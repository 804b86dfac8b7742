import { calls, pushes } from 'keyturn:slice/share-entry';
import { exposeBridge } from './bridge.ts';

exposeBridge({ calls, pushes });
