/**
 * The display of this worker: two workers on one would take the keyboard's focus from each other.
 * `scripts/with-keyring.mjs --display` opens a second one beside its first.
 */
export function displayOfWorker(env = process.env): Readonly<Record<string, string>> {
  const { TEST_PARALLEL_INDEX, KEYTURN_SECOND_DISPLAY, KEYTURN_SECOND_XAUTHORITY } = env;
  const isSecond = TEST_PARALLEL_INDEX !== undefined && TEST_PARALLEL_INDEX !== '0';
  return isSecond && KEYTURN_SECOND_DISPLAY && KEYTURN_SECOND_XAUTHORITY
    ? { DISPLAY: KEYTURN_SECOND_DISPLAY, XAUTHORITY: KEYTURN_SECOND_XAUTHORITY }
    : {};
}
