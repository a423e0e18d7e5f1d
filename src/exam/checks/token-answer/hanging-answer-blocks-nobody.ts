import { steadyNow } from '../../../world/clock.js';
import { defineCheck } from '../../check.js';
import { exchangeFault } from '../../endpoint-faults.js';
import { NotSeen, passed, warned } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/** Real time in which a free application shows the first page of a flow, in milliseconds. */
const promptMs = 500;

/** Real time within which the exchange of the first person is expected, in milliseconds. */
const arrivesWithinMs = 3000;
const pauseMs = 20;

/** One endpoint that hangs can stop an application for everybody. */
export const hangingAnswerBlocksNobody = defineCheck({
  id: 'hanging-answer-blocks-nobody',
  group: 'token-answer',
  title: 'While an exchange hangs, other people are served, and the flow ends by itself',
  clause: 'RFC 9112 §9.5',
  severity: 'warning',
  stages: 'The token endpoint does not answer the exchange of one person. Meanwhile another person begins a flow.',
  looksAt: 'When the application answers each of them.',
  advice: 'Give requests a time limit of some seconds, and make them without blocking other requests.',
  needs: ['pages'],
  async examine(stage) {
    const [slow, other] = [await stage.newBrowser(), await stage.newBrowser(stage.people[1])];
    await stage.fault(exchangeFault({ kind: 'hang' }));
    const hanging = stage.connect(slow);
    // it rejects if the check ends first
    hanging.catch(() => undefined);
    await untilExchange(stage);
    const beginning = steadyNow();
    // not by the stage, which waits for exchanges in the background: the one that hangs too
    const begun = await stage.client.connect(other, { stopsAtProvider: true });
    const waitedMs = steadyNow() - beginning;
    const { exchanges } = await stage.requests();
    const [hung] = exchanges;
    if (hung === undefined) throw new NotSeen('the client exchanged no code');
    // the client has given up: the other person may have waited for it
    const isOver = hung.entry.durationMs !== undefined || begun.visit?.failure !== undefined;
    const { visit } = await hanging;
    if (isOver && waitedMs > promptMs) {
      return warned(`While one exchange hung, another person waited ${(waitedMs / 1000).toFixed(1)} s.`, exchanges);
    }
    if (visit?.failure !== undefined) {
      throw new NotSeen(`the client waited longer than the exam does: ${visit.failure}`);
    }
    return passed('Another person was served meanwhile, and the flow ended by itself.', exchanges);
  },
});

async function untilExchange(stage: Stage): Promise<void> {
  for (let waited = 0; waited < arrivesWithinMs; waited += pauseMs) {
    if ((await stage.requests()).exchanges.length > 0) return;
    await stage.pause(pauseMs);
  }
}
