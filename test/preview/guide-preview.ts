// The bridge before the guide: it is looked for as soon as the guide is loaded.
import '../../renderer/guide/no-jit.ts';
import './fake-bridge.ts';
import '../../renderer/guide/main.tsx';
