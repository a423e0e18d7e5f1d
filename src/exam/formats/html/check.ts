import { isExpected, isStale } from '../../failure.js';
import { verdictWords } from '../phrases.js';
import { cut, markup } from './markup.js';
import { row, step } from './request.js';
import { fitting } from './room.js';
import type { CheckResult } from '../../result.js';
import type { Markup } from './markup.js';
import type { Sized } from './room.js';

/** Maximum number of characters of a sentence about a check. */
const sentenceLimit = 600;

/** A request of a check as HTML, with its size in bytes. */
interface WrittenRequest extends Sized {
  readonly step: Markup;
  readonly row: Markup;
}

/** A check whose requests are written. Which of them are shown depends on the room that there is. */
export interface WrittenCheck {
  readonly check: CheckResult;
  readonly requests: readonly WrittenRequest[];
  /** The size of all requests, in bytes. */
  readonly size: number;
}

/** Writes the requests of a check. */
export function writtenCheck(check: CheckResult): WrittenCheck {
  const requests = check.requests.map((request): WrittenRequest => {
    const matters = check.evidence.includes(request.entry);
    const written = { step: step(request, matters), row: row(request, matters) };
    return { ...written, matters, size: Buffer.byteLength(written.step.text + written.row.text) };
  });
  return { check, requests, size: requests.reduce((total, { size }) => total + size, 0) };
}

/** The anchor of a check. It is in the part that is closed, so that a link opens it. */
export const anchorOf = ({ id }: CheckResult): string => `check-${id}`;

/** A check that a click opens. `room` is the size that its requests may have, in bytes. */
export function checkDetails({ check, requests }: WrittenCheck, room: number): Markup {
  const { id, title, clause, severity, verdict, explanation, advice } = check;
  const shown = fitting(requests, room);
  return markup`<details class="${verdict}">
    <summary>
      <span class="verdict">${verdictWords[verdict]}</span>
      <h3>${title}</h3>
      <code>${id}</code>
    </summary>
    <div class="check" id="${anchorOf(check)}">
      <p class="said">${cut(explanation, sentenceLimit)}</p>
      ${expectation(check)}
      <dl>
        <div>
          <dt>Severity</dt>
          <dd>${severity}</dd>
        </div>
        <div>
          <dt>Clause</dt>
          <dd>${clause}</dd>
        </div>
        <div>
          <dt>What to do</dt>
          <dd>${advice}</dd>
        </div>
      </dl>
      ${shown.length === 0 ? undefined : diagram(check, shown)}${left(requests.length, shown.length)}
    </div>
  </details> `;
}

function expectation(check: CheckResult): Markup | undefined {
  const reason = cut(String(check.expected), sentenceLimit);
  if (isExpected(check)) return markup`<p class="expected">This failure is expected: ${reason}</p>`;
  if (isStale(check)) return markup`<p class="expected">It was expected to fail, and passes by now: ${reason}</p>`;
  return undefined;
}

function diagram({ title }: CheckResult, shown: readonly WrittenRequest[]): Markup {
  return markup`<figure>
      <figcaption class="hidden">Sequence of the requests: ${title}</figcaption>
      <div class="lanes" aria-hidden="true"><b>Browser</b><b>Client</b><b>Provider</b></div>
      <ol class="flow">
        ${shown.map((request) => request.step)}
      </ol>
    </figure>
    <table>
      <caption>
        Requests
      </caption>
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">After</th>
          <th scope="col">Request</th>
          <th scope="col">Answer</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map((request) => request.row)}
      </tbody>
    </table> `;
}

const left = (all: number, shown: number): Markup | undefined =>
  all === shown
    ? undefined
    : markup`<p class="left">${all - shown} of ${all} requests are left out, to keep this file small.</p>`;
