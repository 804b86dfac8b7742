import { calls, pushes } from 'keyturn:slice/guide';
import { exposeBridge } from './bridge.ts';

exposeBridge({ calls, pushes });
