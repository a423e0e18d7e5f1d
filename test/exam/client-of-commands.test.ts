import t from 'tap';
import { clientOfCommands } from '../../src/exam/client-of-commands.js';
import type { Browser } from '../../src/client/browser.js';

t.test('a visit that throws ends the command that waits for its redirect', async (t) => {
  const never = new AbortController().signal;
  const client = clientOfCommands(
    { connect: 'echo "Open http://127.0.0.1:1/authorize now." && exec sleep 20', call: 'true' },
    { provider: 'mailup', env: process.env, timeoutMs: 15_000, tell: () => undefined, signal: never, atOnce: never },
  );
  const error = new Error('the page has no form');
  const browser = { isProvider: () => true, visit: () => Promise.reject(error) } as unknown as Browser;
  const beginning = performance.now();
  await t.rejects(client.connect(browser), error);
  t.ok(performance.now() - beginning < 10_000, 'before its timeout');
});
