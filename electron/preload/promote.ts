import { calls, pushes } from 'keyturn:slice/promote';
import { exposeBridge } from './bridge.ts';

exposeBridge({ calls, pushes });
