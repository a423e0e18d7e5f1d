import { faultKind } from '../fault-kinds.js';
import { durationInWords, requestTime, timeOfDay } from '../format.js';
import { ownPath } from '../journal/own-path.js';
import { redirectBack } from './redirect-back.js';
import { withoutControls } from './without-controls.js';
import type { EntryView } from '../../client/index.js';
import type { FaultKind } from '../fault-kinds.js';

/** The parties of a flow, from left to right. */
export const lifelines = ['browser', 'client', 'provider', 'api'] as const;
/** A party of a flow. */
export type Lifeline = (typeof lifelines)[number];

/** How a step ended. Each has words in the label as well. */
export type StepOutcome = 'ok' | 'refused' | 'fault' | 'failed' | 'waiting';

/** A message from one party to another. */
export interface Arrow {
  readonly kind: 'arrow';
  readonly entry: number;
  /** Virtual time of the day. Answers have none of their own. */
  readonly time?: string;
  readonly from: Lifeline;
  readonly to: Lifeline;
  readonly label: string;
  readonly outcome: StepOutcome;
  readonly isAnswer: boolean;
  /** Whether it does not arrive. */
  readonly isLost: boolean;
}

/** Something that happened at one party. */
export interface Mark {
  readonly kind: 'mark';
  readonly entry: number;
  readonly at: Lifeline;
  readonly label: string;
  readonly outcome: StepOutcome;
}

/** Virtual time that passed between two requests. */
export interface Pause {
  readonly kind: 'pause';
  readonly label: string;
}

/** A step of a sequence diagram. */
export type DiagramStep = Arrow | Mark | Pause;

/** The names of the parties. */
export const names: Readonly<Record<Lifeline, string>> = {
  browser: 'Browser',
  client: 'Client',
  provider: 'Provider',
  api: 'API',
};

const pages: readonly string[] = ['authorize', 'login', 'consent'];
/** Virtual time between two requests that is shown, and a duration of a request that is shown, in milliseconds. */
const [longPauseMs, longRequestMs] = [30_000, 1000];

const dayOf = ({ at }: EntryView): string => at.replace(/T.*/, '');

/** The steps of a flow, in the order of its entries. */
export function sequenceOf(entries: readonly EntryView[]): DiagramStep[] {
  return entries.flatMap((entry, i) => {
    const before = entries[i - 1];
    const passed = before === undefined ? 0 : Date.parse(entry.at) - Date.parse(before.at);
    const day = dayOf(entry);
    const isOtherDay = before !== undefined && dayOf(before) !== day;
    if (Math.abs(passed) < longPauseMs && !isOtherDay) return stepsOf(entry);
    const label =
      durationInWords(passed) +
      (passed < 0 ? ' earlier: the clock was set back' : ' later') +
      (isOtherDay ? `, on ${day}` : '');
    return [{ kind: 'pause', label }, ...stepsOf(entry)];
  });
}

/** The parties that take part, from left to right. */
export function partiesOf(steps: readonly DiagramStep[]): Lifeline[] {
  const found = new Set(
    steps.flatMap((step) => (step.kind === 'arrow' ? [step.from, step.to] : step.kind === 'mark' ? [step.at] : [])),
  );
  return lifelines.filter((each) => found.has(each));
}

/** Who sends a request to an endpoint, and who answers it. */
export const partiesAt = (endpoint: string): { readonly from: Lifeline; readonly to: Lifeline } => ({
  from: pages.includes(endpoint) ? 'browser' : 'client',
  to: endpoint === 'resource' || endpoint === 'userinfo' ? 'api' : 'provider',
});

/** A request in short: `POST token · refresh_token`. */
export const shortRequest = (method: string, what: string, grantType: string | undefined): string =>
  withoutControls(`${method} ${what}${grantType === undefined ? '' : ` · ${grantType}`}`);

/** How a step ended with a status. Undefined: there was no answer. */
export function outcomeOfStatus(status = 500): StepOutcome {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}

function stepsOf(entry: EntryView): DiagramStep[] {
  const { id, endpoint, fault, durationMs } = entry;
  const { from, to } = partiesAt(endpoint);
  const isCut = fault !== undefined && drawnOf(entry) === 'cut';
  const request: Arrow = {
    kind: 'arrow',
    entry: id,
    time: timeOfDay(entry.at),
    from,
    to,
    label: requestLabel(entry),
    outcome: isCut ? 'fault' : 'ok',
    isAnswer: false,
    isLost: isCut,
  };
  const mark = (label: string, outcome: StepOutcome): Mark => ({ kind: 'mark', entry: id, at: to, label, outcome });
  if (durationMs === undefined) return [request, mark('In progress: no answer yet', 'waiting')];
  return [
    request,
    ...waitOf(entry).map((label) => mark(label, fault === undefined ? 'ok' : 'fault')),
    ...(isCut
      ? [mark(`Fault ${fault.id} (${fault.kind}): the connection was reset before the request had an effect`, 'fault')]
      : answerOf(entry, to, from)),
    ...(from === 'browser' ? backToClient(entry) : []),
  ];
}

function requestLabel(entry: EntryView): string {
  const { endpoint, grantType, request } = entry;
  const isByPath = endpoint === 'resource' || endpoint === 'other';
  const what = isByPath ? ownPath(entry) : endpoint;
  return shortRequest(request.method, what, grantType);
}

const drawnOf = ({ fault }: EntryView): FaultKind['drawn'] =>
  fault === undefined ? undefined : faultKind(fault.kind).drawn;

/** The wait before an answer, if it was long or a fault made it. */
function waitOf(entry: EntryView): string[] {
  const { fault, response, durationMs = 0 } = entry;
  if (response !== undefined && fault !== undefined && drawnOf(entry) === 'late') {
    return [`Fault ${fault.id} (${fault.kind}): answered after ${requestTime(durationMs)}`];
  }
  return durationMs < longRequestMs ? [] : [`Took ${requestTime(durationMs)}`];
}

function answerOf(entry: EntryView, from: Lifeline, to: Lifeline): DiagramStep[] {
  const { id, fault, response, reason } = entry;
  const arrow = { kind: 'arrow', entry: id, from, to, isAnswer: true } as const;
  const mark = { kind: 'mark', entry: id, at: from } as const;
  if (response !== undefined) {
    const { label, outcome } = answerLabel(entry, response.status);
    return [{ ...arrow, label, outcome, isLost: false }];
  }
  if (fault === undefined) return [{ ...mark, label: 'The connection was closed before an answer', outcome: 'failed' }];
  const effect = fault.replaced
    ? 'before the request had an effect'
    : `after the request ${reason === undefined ? 'had its effect' : `was refused: ${reason}`}`;
  const struck: Mark = { ...mark, label: `Fault ${fault.id} (${fault.kind}), ${effect}`, outcome: 'fault' };
  if (drawnOf(entry) === 'none') return [struck];
  return [struck, { ...arrow, label: 'The answer is lost', outcome: 'fault', isLost: true }];
}

function answerLabel(entry: EntryView, status: number): { readonly label: string; readonly outcome: StepOutcome } {
  const { fault, reason } = entry;
  if (fault !== undefined && drawnOf(entry) !== 'late') {
    const refused = reason === undefined ? '' : `, refused: ${reason}`;
    return { label: `${status}${refused} · fault ${fault.id} (${fault.kind})`, outcome: 'fault' };
  }
  if (reason !== undefined) return { label: `${status} refused: ${reason}`, outcome: 'refused' };
  const outcome = outcomeOfStatus(status);
  return { label: `${status} ${outcome === 'ok' ? accepted(entry, status) : outcome}`.trim(), outcome };
}

function accepted(entry: EntryView, status: number): string {
  const { endpoint } = entry;
  if (endpoint === 'token') return 'tokens';
  if (!pages.includes(endpoint)) return '';
  if (redirectBack(entry) !== undefined) return 'back to the client';
  return status >= 300 ? 'to the next page' : 'page';
}

/** The request that the browser sends to the client, as the redirect says. The journal does not have it. */
function backToClient(entry: EntryView): DiagramStep[] {
  const back = redirectBack(entry);
  if (back === undefined) return [];
  const outcome = entry.fault !== undefined ? 'fault' : back.error === undefined ? 'ok' : 'refused';
  return [
    {
      kind: 'arrow',
      entry: entry.id,
      from: 'browser',
      to: 'client',
      label: back.label,
      outcome,
      isAnswer: false,
      isLost: false,
    },
  ];
}
