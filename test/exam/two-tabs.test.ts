import t from 'tap';
import { twoTabs } from '../../src/exam/checks/callback/two-tabs.js';
import type { VisitOptions } from '../../src/client/browser.js';
import type { StagedCheck } from '../../src/exam/check.js';
import type { Judgement } from '../../src/exam/judgement.js';
import type { Stage } from '../../src/exam/stage.js';

/** What the check says if the calls after the two callbacks succeed or not. */
function judgement(...calls: boolean[]): Promise<Judgement> {
  const callback = new URL('http://localhost/callback');
  const stage = {
    newBrowser: () => Promise.resolve({}),
    client: {
      connect(_browser: unknown, { onCallback }: VisitOptions) {
        onCallback?.(callback);
        return Promise.resolve({});
      },
    },
    visitCallback: () => Promise.resolve(),
    call: () => Promise.resolve({ ok: calls.shift(), outcome: 'status 401' }),
    requests: () => Promise.resolve({ exchanges: [] }),
  };
  return (twoTabs as StagedCheck).examine(stage as unknown as Stage);
}

t.test('of two flows in one browser, the one that did not end well is named', async (t) => {
  t.match(await judgement(true, true), { verdict: 'passed' });
  t.match(await judgement(false, true), { verdict: 'warned', explanation: /begun first did not end well/ });
  t.match(await judgement(true, false), {
    verdict: 'failed',
    explanation: /begun second did not end well: status 401/,
  });
  t.match(await judgement(false, false), { verdict: 'failed', explanation: /^Neither flow .*: status 401/ });
});
