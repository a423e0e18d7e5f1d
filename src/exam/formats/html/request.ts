import { answerText } from '../phrases.js';
import { cut, markup } from './markup.js';
import type { ReportedRequest } from '../../result.js';
import type { Markup } from './markup.js';

/** Endpoints that are pages: a browser asks for them. All others are asked by the client. */
const pages: readonly string[] = ['authorize', 'login', 'consent'];

/** Maximum number of characters of a path, of the name or value of a parameter, and of an explanation. */
const [pathLimit, nameLimit, valueLimit, explanationLimit] = [120, 60, 160, 300];

/** Maximum number of parameters of a query or a body. */
const parameterLimit = 30;

/** A request in the sequence diagram: an arrow to the provider with its line, and an arrow back with the answer. */
export function step(request: ReportedRequest, isProof: boolean): Markup {
  const { entry, endpoint, method, path, grantType, status, fault } = request;
  const party = pages.includes(endpoint) ? 'Browser' : 'Client';
  const classes = [
    party.toLowerCase(),
    ...(isProof ? ['proof'] : []),
    ...(fault === undefined ? [] : ['fault']),
    ...(status === undefined ? ['lost'] : status >= 400 ? ['bad'] : []),
  ];
  return markup`<li class="${classes.join(' ')}">
    <b class="no">${entry}</b>
    <p class="ask">
      <span><i class="hidden">${party}: </i>${method} ${cut(path, pathLimit)}${grant(grantType)}</span>
    </p>
    <p class="reply">
      <span>${isProof ? markup`<em>evidence</em> ` : undefined}${cut(answerText(request), pathLimit)}</span>
    </p>
  </li>`;
}

const grant = (grantType: string | undefined): Markup | undefined =>
  grantType === undefined ? undefined : markup` <i>${cut(grantType, nameLimit)}</i>`;

/** A request in the table: when it came, its parameters, and why it was refused. */
export function row(request: ReportedRequest, isProof: boolean): Markup {
  const { entry, afterMs, method, path, query, form, explanation } = request;
  return markup`<tr${isProof ? markup` class="proof"` : undefined}>
    <th scope="row">${entry}</th>
    <td>${afterMs} ms</td>
    <td><code>${method} ${cut(path, pathLimit)}</code>${parameters('query', query)}${parameters('body', form)}</td>
    <td>${cut(answerText(request), pathLimit)}${reason(explanation)}</td></tr>`;
}

const reason = (explanation: string | undefined): Markup | undefined =>
  explanation === undefined ? undefined : markup`<p class="why">${cut(explanation, explanationLimit)}</p>`;

function parameters(where: string, value: unknown): Markup | undefined {
  const all = typeof value === 'object' && value !== null ? Object.entries(value) : textEntries(value);
  if (all.length === 0) return undefined;
  const more = all.length - parameterLimit;
  return markup`<p>
    <i>${where}</i> ${all.slice(0, parameterLimit).map(parameter)}${more > 0 ? `… and ${more} more` : undefined}
  </p>`;
}

/** A body that is no form and no JSON object. */
const textEntries = (value: unknown): [string, unknown][] => (value === undefined ? [] : [['', value]]);

const parameter = ([name, value]: [string, unknown]): Markup =>
  markup`<code
    >${name === '' ? undefined : markup`<b>${cut(name, nameLimit)}</b>=`}${cut(valueText(value), valueLimit)}</code
  > `;

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
