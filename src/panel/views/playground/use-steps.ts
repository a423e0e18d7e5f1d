import { useRef, useState } from 'preact/hooks';
import { call, changes } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { worldUrl } from '../../api/address.js';
import { rows } from '../../journal/store.js';
import { say } from '../../parts/announcer.js';
import { addStep } from './runs.js';
import { sendRequest } from './send-request.js';
import { titles, tokensIn } from './texts.js';
import type { ApiError } from '../../api/api-error.js';
import type { Row } from '../../journal/row.js';
import type { Run, SentRequest, StepKind } from './run.js';

/** How the buttons of a run send their requests. */
export interface StepActions {
  /** Sends a request of the client. */
  readonly send: (kind: StepKind, request: SentRequest) => void;
  /** Makes a call of the admin API. */
  readonly steer: (kind: StepKind, method: 'POST' | 'DELETE', path: string, body?: unknown) => void;
  /** What is waited for. */
  readonly waiting: StepKind | undefined;
  readonly cancel: () => void;
  readonly problem: ApiError | undefined;
}

const newest = '/journal?order=newest&limit=1&brief=true';

/** The newest entry of the journal: a request that is sent now gets a later one. The stream may be behind. */
async function newestEntry(): Promise<number> {
  try {
    const { entries } = await call<{ readonly entries: readonly Pick<Row, 'id'>[] }>('GET', newest);
    return entries[0]?.id ?? 0;
  } catch {
    return rows.list.at(-1)?.id ?? 0;
  }
}

/** Sends requests one at a time, and keeps them with their answers in the run. */
export function useSteps({ state, world, refreshToken }: Run): StepActions {
  const [waiting, setWaiting] = useState<StepKind>();
  const cancel = useRef(new AbortController());

  const send = async (kind: StepKind, request: SentRequest): Promise<void> => {
    cancel.current = new AbortController();
    setWaiting(kind);
    const afterEntry = await newestEntry();
    const outcome = await sendRequest(request, cancel.current.signal);
    setWaiting(undefined);
    const answer = 'answer' in outcome ? outcome.answer : undefined;
    const isAccepted = answer !== undefined && answer.status < 300;
    const tokens = isAccepted && kind !== 'api' && kind !== 'revoke' ? tokensIn(answer) : {};
    const isReplaced = kind === 'refresh' && tokens.refreshToken !== undefined && tokens.refreshToken !== refreshToken;
    addStep(
      state,
      { kind, request, afterEntry, ...outcome },
      {
        ...tokens,
        ...(isAccepted && kind === 'exchange' ? { isCodeSpent: true } : {}),
        ...(isReplaced ? { oldRefreshToken: refreshToken as string } : {}),
      },
    );
    changes.value += 1;
    say(`${titles[kind]}: ${answer === undefined ? 'no answer' : `answered ${answer.status}`}`);
  };

  const steering = useAction(async (kind: StepKind, method: 'POST' | 'DELETE', path: string, body?: unknown) => {
    const begin = performance.now();
    const said = await call<unknown>(method, path, body);
    const request: SentRequest = {
      method,
      url: `${worldUrl(world)}/__admin${path}`,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const text = said === undefined ? '' : JSON.stringify(said);
    const answer = { status: said === undefined ? 204 : 200, type: 'application/json', body: text };
    say(`${titles[kind]}: done`);
    addStep(state, { kind, request, afterEntry: 0, answer: { ...answer, ms: performance.now() - begin } });
  });

  return {
    send: (kind, request) => {
      if (waiting !== undefined) return;
      // a problem of an earlier step
      steering.forget();
      void send(kind, request);
    },
    steer: steering.run,
    waiting,
    cancel: () => {
      cancel.current.abort();
    },
    problem: steering.problem,
  };
}
