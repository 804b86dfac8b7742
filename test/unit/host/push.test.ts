import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import {
  bridgeScript,
  callBinding,
  pushExpression,
} from '../../../electron/host/chromium-bridge.ts';

/* What main pushes reaches the page's listeners as it is, also a push that carries nothing. */
test.each([[undefined], [{ open: true }], [null], ['</script>']])('a push of %j', (payload) => {
  const heard: unknown[] = [];
  const nothing = () => undefined;
  const page = createContext({ heard, [callBinding]: nothing, addEventListener: nothing });
  runInContext('globalThis.window = globalThis; globalThis.top = globalThis;', page);
  runInContext(bridgeScript, page);
  runInContext("keyturn.on('changed', (payload) => heard.push(JSON.stringify(payload)))", page);
  runInContext(pushExpression('changed', payload), page);
  runInContext(pushExpression('another', payload), page);
  expect(heard).toEqual([JSON.stringify(payload)]);
});
