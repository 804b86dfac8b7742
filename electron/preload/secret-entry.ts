import { calls, pushes } from 'keyturn:slice/secret-entry';
import { exposeBridge } from './bridge.ts';

exposeBridge({ calls, pushes });
