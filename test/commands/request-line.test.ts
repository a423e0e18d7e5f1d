import t from 'tap';
import { requestLine } from '../../src/commands/request-line.js';
import type { EndedRequest, LineStyle } from '../../src/commands/request-line.js';

const plain: LineStyle = { hasColours: false, worldWidth: 7, providerWidth: 10 };
const realAt = new Date(2026, 0, 2, 14, 3, 5).toISOString();

type View = EndedRequest['view'];
/** Undefined: the member is absent. */
type Changes = { readonly [Member in keyof View]?: View[Member] | undefined };

/** A token request of MailUp that ended two seconds after it began. */
function ended(view: Changes = {}, more: Partial<EndedRequest> = {}): EndedRequest {
  return {
    world: 'default',
    ending: undefined,
    view: {
      id: 1,
      at: realAt,
      realAt,
      provider: 'mailup',
      endpoint: 'token',
      request: { method: 'POST', path: '/mailup/Authorization/OAuth/Token', query: {}, headers: {} },
      status: 200,
      notes: [],
      durationMs: 2000,
      ...view,
    } as View,
    ...more,
  };
}

const line = (view: Changes = {}, more: Partial<EndedRequest> = {}): string => requestLine(ended(view, more), plain);

t.test('an answer is local time, world, provider, method, endpoint and status', async (t) => {
  t.equal(line(), '14:03:07 default mailup     POST token 200');
  t.equal(line({ durationMs: undefined, provider: undefined }), '14:03:05 default -          POST token 200');
});

t.test('names of worlds and providers are aligned', async (t) => {
  t.equal(line({ provider: 'dottedsign' }, { world: 'ci-1' }), '14:03:07 ci-1    dottedsign POST token 200');
  t.equal(line({}, { world: 'ci-123456' }), '14:03:07 ci-123456 mailup     POST token 200');
});

t.test('a refusal has its reason and explanation', async (t) => {
  t.equal(
    line({ status: 400, reason: 'code.expired', explanation: 'the code expired 12 s before' }),
    '14:03:07 default mailup     POST token 400 code.expired: the code expired 12 s before',
  );
});

t.test('a call of the API, and a path that is no endpoint, are named by their path', async (t) => {
  const request = { method: 'GET', path: '/w/ci-1/mailup/API/v1.1/Rest/x', query: {}, headers: {} };
  for (const endpoint of ['resource', 'other']) {
    t.equal(line({ endpoint, request }), '14:03:07 default mailup     GET  /API/v1.1/Rest/x 200', endpoint);
  }
});

t.test('a request without an answer is named by what happened', async (t) => {
  const none = { status: undefined };
  t.equal(line(none), '14:03:07 default mailup     POST token closed by the client');
  for (const [ending, words] of [
    ['hang', 'hang'],
    ['reset', 'reset'],
    ['close', 'closed'],
    ['send-bytes', 'bytes that are no answer'],
  ] as const) {
    t.equal(line(none, { ending }), `14:03:07 default mailup     POST token ${words}`);
  }
});

t.test('a fault is named once, and notes are counted', async (t) => {
  const fault = { id: 'slow', kind: 'status' };
  t.equal(
    line({ status: 503, fault, notes: ['one'], explanation: 'the fault "slow" (status) replaced the answer' }),
    '14:03:07 default mailup     POST token 503 (fault slow: status; 1 note)',
  );
  t.equal(line({ fault }), '14:03:07 default mailup     POST token 200 (fault slow: status)');
  t.equal(line({ notes: ['one', 'two'] }), '14:03:07 default mailup     POST token 200 (2 notes)');
});

t.test('an entry that cannot be shown says so', async (t) => {
  const failure = 'This entry cannot be shown: RangeError. The time is real time.';
  t.match(line({ failure }), `token 200 ${failure}`);
});

t.test('limit "explanation on a terminal": it is cut, as a path is, and no character is cut in half', async (t) => {
  const path = `/mailup/${'p'.repeat(200)}`;
  const cutPath = line({ endpoint: 'other', request: { method: 'GET', path, query: {}, headers: {} } });
  t.equal(
    cutPath.split(' ').find((word) => word.startsWith('/')),
    `/${'p'.repeat(78)}…`,
  );

  const exact = 'e'.repeat(160 - 'x: '.length);
  const reason = 'x';
  t.ok(line({ reason, explanation: exact }).endsWith(`x: ${exact}`));
  const long = line({ reason, explanation: `${'e'.repeat(155)}\u{1f600}\u{1f600}` });
  t.ok(long.endsWith(`x: ${'e'.repeat(155)}…`), long);
  t.ok(long.isWellFormed());
});

t.test('text of a client cannot control the terminal', async (t) => {
  const hostile = '\u001b[2J\u009b1m\r\n\u0007\u202e\u2066\u200f\u061c\u2028\u007f';
  const shown = requestLine(
    ended({
      endpoint: 'other',
      request: { method: `M${hostile}`, path: `/x${hostile}`, query: {}, headers: {} },
      reason: 'a',
      explanation: hostile.repeat(50),
      fault: { id: `f${hostile}`, kind: 'close' },
    }),
    plain,
  );
  t.notMatch(shown, /[\p{Cc}\p{Bidi_Control}\u2028]/u);
  t.match(shown, '/x\\u001b[2J\\u009b1m\\u000d\\u000a\\u0007\\u202e');
});

t.test('colours repeat the outcome, and the text without them is the same', async (t) => {
  const coloured = (view: Changes): string => requestLine(ended(view), { ...plain, hasColours: true });
  for (const [view, code] of [
    [{ status: 200 }, 32],
    [{ status: 302 }, 32],
    [{ status: 302, reason: 'a', explanation: 'b' }, 33],
    [{ status: 404 }, 33],
    [{ status: 502 }, 31],
    [{ status: undefined }, 35],
  ] as const) {
    const text = coloured({ ...view, notes: ['one'], fault: { id: 'f', kind: 'pass' } });
    t.ok(text.includes(`token \u001b[${code}m`), text);
    t.equal(text.replaceAll(/\u001b\[\d+m/g, ''), line({ ...view, notes: ['one'], fault: { id: 'f', kind: 'pass' } }));
  }
});
