import { calls, pushes } from 'keyturn:slice/scan';
import { exposeBridge } from './bridge.ts';

exposeBridge({ calls, pushes });
