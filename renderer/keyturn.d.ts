import type { Bridge } from '../shared/contract/define.ts';

declare global {
  interface Window {
    /** Put there by the host before the page's first script; the page's only way out. */
    readonly keyturn: Bridge;
  }
}
