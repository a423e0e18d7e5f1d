import t from 'tap';
import { describe } from '../../src/panel/diagram/describe.js';
import { layoutOf, markWidth } from '../../src/panel/diagram/layout.js';
import { mermaid } from '../../src/panel/diagram/mermaid.js';
import { redirectBack } from '../../src/panel/diagram/redirect-back.js';
import { partiesOf, sequenceOf } from '../../src/panel/diagram/steps.js';
import type { EntryView } from '../../src/client/index.js';
import type { DiagramStep } from '../../src/panel/diagram/steps.js';

type Part = Partial<Omit<EntryView, 'response' | 'request'>> & {
  readonly response?: Partial<EntryView['response']> & { readonly status: number };
  readonly request?: Partial<EntryView['request']>;
  /** Seconds after the first entry. */
  readonly after?: number;
};
let ids = 0;
const entry = ({ response, request, after = 0, ...more }: Part): EntryView =>
  ({
    id: (ids += 1),
    at: new Date(Date.parse('2026-11-21T12:00:00Z') + after * 1000).toISOString(),
    provider: 'mailup',
    endpoint: 'token',
    durationMs: 1,
    notes: [],
    ...more,
    request: { method: 'POST', path: '/mailup/Token', query: {}, headers: {}, ...request },
    ...(response === undefined ? {} : { status: response.status, response: { headers: {}, ...response } }),
  }) as EntryView;

/** The steps of entries as sentences, without the time. */
const told = (...parts: Part[]): string[] =>
  sequenceOf(parts.map(entry)).map((step) => describe(step).replace('12:00:00.000 ', ''));
const location = (to: string): { status: number; headers: Record<string, unknown> } => ({
  status: 302,
  headers: { location: to },
});
const callback = 'http://localhost:3000/callback';

void t.test('a flow: pages in the browser, tokens and calls of the client', (t) => {
  const request = { method: 'GET' };
  t.same(
    told(
      { endpoint: 'authorize', request, response: location('/mailup/login?authorization=x') },
      { endpoint: 'login', request, response: { status: 200 } },
      { endpoint: 'consent', response: location(`${callback}?code=fp:0123456789ab`) },
      { grantType: 'authorization_code', response: { status: 200 } },
      { endpoint: 'resource', request: { method: 'GET', path: '/mailup/Lists' }, response: { status: 200 } },
      { endpoint: 'revoke', response: { status: 200 } },
      { endpoint: 'other', request: { method: 'GET', path: '/mailup/x' }, response: { status: 404 } },
    ),
    [
      'Browser to Provider: GET authorize.',
      'Provider to Browser: 302 to the next page.',
      'Browser to Provider: GET login.',
      'Provider to Browser: 200 page.',
      'Browser to Provider: POST consent.',
      'Provider to Browser: 302 back to the client.',
      'Browser to Client: Callback with a code.',
      'Client to Provider: POST token · authorization_code.',
      'Provider to Client: 200 tokens.',
      'Client to API: GET /Lists.',
      'API to Client: 200.',
      'Client to Provider: POST revoke.',
      'Provider to Client: 200.',
      'Client to Provider: GET /x.',
      'Provider to Client: 404 refused.',
    ],
  );
  t.end();
});

void t.test('refusals and failures are said in the label', (t) => {
  t.same(told({ reason: 'code.expired', response: { status: 400 } }).slice(1), [
    'Provider to Client: 400 refused: code.expired.',
  ]);
  t.same(told({ response: { status: 500 } }).slice(1), ['Provider to Client: 500 failed.']);
  t.same(told({ endpoint: 'authorize', response: location(`${callback}?error=access_denied`) }).slice(1), [
    'Provider to Browser: 302 back to the client.',
    'Browser to Client: Callback with error access_denied.',
  ]);
  const outcomes = sequenceOf([
    entry({ reason: 'code.expired', response: { status: 400 } }),
    entry({ response: { status: 500 } }),
    entry({ endpoint: 'authorize', response: location(`${callback}?error=x`) }),
  ]).map((step) => (step.kind === 'pause' ? '' : step.outcome));
  t.same(outcomes, ['ok', 'refused', 'ok', 'failed', 'ok', 'ok', 'refused']);
  t.end();
});

void t.test('a fault is drawn where it struck', (t) => {
  const fault = (kind: string): { id: string; kind: string } => ({ id: 'f', kind });
  t.same(told({ fault: fault('cut') }), [
    'Client to Provider: POST token (it does not arrive).',
    'Provider: Fault f (cut): the connection was reset before the request had an effect.',
  ]);
  t.same(told({ fault: fault('drop') }), [
    'Client to Provider: POST token.',
    'Provider: Fault f (drop), after the request had its effect.',
    'Provider to Client: The answer is lost (it does not arrive).',
  ]);
  t.same(told({ fault: fault('drop'), reason: 'refresh.replaced' }).slice(1, 2), [
    'Provider: Fault f (drop), after the request was refused: refresh.replaced.',
  ]);
  t.same(told({ fault: { ...fault('close'), replaced: true } }).slice(1, 2), [
    'Provider: Fault f (close), before the request had an effect.',
  ]);
  t.same(told({ fault: { ...fault('hang'), replaced: true } }).slice(1), [
    'Provider: Fault f (hang), before the request had an effect.',
  ]);
  t.same(told({ fault: fault('delay'), durationMs: 2000, response: { status: 200 } }).slice(1), [
    'Provider: Fault f (delay): answered after 2.0 s.',
    'Provider to Client: 200 tokens.',
  ]);
  t.same(told({ fault: fault('status'), durationMs: 1500, response: { status: 503 } }).slice(1), [
    'Provider: Took 1.5 s.',
    'Provider to Client: 503 · fault f (status).',
  ]);
  t.same(told({ fault: fault('garble'), reason: 'code.expired', response: { status: 400 } }).slice(1), [
    'Provider to Client: 400, refused: code.expired · fault f (garble).',
  ]);
  const tampered = { endpoint: 'consent', fault: fault('tamper'), response: location(`${callback}?state=x`) };
  t.same(told(tampered).slice(1), [
    'Provider to Browser: 302 · fault f (tamper).',
    'Browser to Client: Callback with neither code nor error, changed by fault f.',
  ]);
  t.end();
});

void t.test('a request without an answer', (t) => {
  t.same(told({}).slice(1), ['Provider: The connection was closed before an answer.']);
  const { durationMs: _, ...open } = entry({ endpoint: 'resource' });
  t.same(sequenceOf([open]).slice(1).map(describe), ['API: In progress: no answer yet.']);
  t.same(told({ durationMs: 1000, response: { status: 200 } }).slice(1, 2), ['Provider: Took 1.0 s.']);
  t.end();
});

void t.test('virtual time that passed is a step', (t) => {
  const response = { status: 200 };
  t.same(
    told({ response }, { after: 29, response }, { after: 3629, response }, { response }).filter((line) =>
      /later|earlier/.test(line),
    ),
    ['1 hour later.', '1 hour earlier: the clock was set back.'],
  );
  t.end();
});

void t.test('a redirect leads back to the client if it is absolute', (t) => {
  const back = (response: Part['response'], more: Part = {}): unknown =>
    redirectBack(entry({ ...more, ...(response === undefined ? {} : { response }) }));
  t.equal(back(undefined), undefined);
  t.equal(back({ status: 200, headers: { location: callback } }), undefined);
  t.equal(back({ status: 400 }), undefined);
  t.equal(back({ status: 302 }), undefined);
  t.equal(back(location('/login') as Part['response']), undefined);
  t.match(back(location('com.example:/back?code=1')), { label: 'Callback with a code' });
  t.match(back(location(`${callback}#error=x`)), { label: 'Callback with error x', error: 'x' });
  t.match(back(location(callback)), { label: 'Callback with neither code nor error' });
  t.match(back(location('http://elsewhere'), { fault: { id: 'f', kind: 'redirect' } }), {
    label: 'Redirected elsewhere by a fault',
  });
  t.end();
});

void t.test('Mermaid text: parties, arrows, crosses and notes, with everything escaped', (t) => {
  const first = ids + 1;
  const steps = sequenceOf([
    entry({ response: { status: 200 } }),
    entry({ after: 60, fault: { id: '<b>;#"%%\u0001', kind: 'drop' } }),
    entry({ after: 60, fault: { id: 'c', kind: 'cut' } }),
  ]);
  t.equal(
    mermaid(steps),
    `sequenceDiagram
    participant client as Client
    participant provider as Provider
    client->>provider: 12:00:00.000 #35;${first} POST token
    provider-->>client: 200 tokens
    Note over client,provider: 1 minute later
    client->>provider: 12:01:00.000 #35;${first + 1} POST token
    Note over provider: Fault #60;b#62;#59;#35;#34;#37;#37;\ufffd (drop), after the request had its effect
    provider--xclient: The answer is lost
    client-xprovider: 12:01:00.000 #35;${first + 2} POST token
    Note over provider: Fault c (cut): the connection was reset before the request had an effect
`,
  );
  const alone: DiagramStep = { kind: 'mark', entry: 1, at: 'api', label: 'x', outcome: 'ok' };
  t.match(mermaid([alone, { kind: 'pause', label: 'y' }]), 'Note over api: y');
  t.match(
    mermaid([{ kind: 'pause', label: 'a\u0001b\ufffe\ud800c\u{1f600}' }, alone]),
    ': a\ufffdb\ufffd\ufffdc\u{1f600}\n',
  );
  t.end();
});

void t.test('the parties stand from left to right, and only those that take part', (t) => {
  t.same(partiesOf(sequenceOf([entry({ endpoint: 'resource' }), entry({ endpoint: 'login' })])), [
    'browser',
    'client',
    'provider',
    'api',
  ]);
  t.same(partiesOf([{ kind: 'pause', label: 'x' }]), []);
  t.end();
});

void t.test('steps are placed one below the other, within the picture', (t) => {
  const steps = sequenceOf([
    entry({ endpoint: 'authorize', response: location(`${callback}?code=1`) }),
    entry({ reason: `code.${'x'.repeat(80)}`, response: { status: 400 } }),
    entry({ after: 60, endpoint: 'resource', fault: { id: 'f'.repeat(64), kind: 'drop' } }),
    entry({ after: 60, fault: { id: 'c', kind: 'cut' } }),
    entry({ after: 60, endpoint: 'resource', request: { path: `/mailup/${'long name '.repeat(20)}` } }),
  ]);
  for (const room of ['wide', 'narrow'] as const) {
    const { width, height, placed, bars, lines, from, to } = layoutOf(steps, room);
    t.same(
      lines.map(({ party }) => party),
      ['browser', 'client', 'provider', 'api'],
    );
    t.equal(placed.length, steps.length);
    let bottom = from;
    for (const { top, height: tall, y, x, end, step, lines: label } of placed) {
      t.ok(top >= bottom, 'below the one before');
      t.ok(y > top && y <= top + tall && y < to);
      t.ok(Math.min(x, end) >= 0 && Math.max(x, end) <= width);
      t.ok(label.length <= 2);
      if (step.kind === 'mark') t.ok(x + markWidth(label) / 2 <= width, 'a mark is not cut');
      bottom = top + tall;
    }
    t.ok(to < height);
    const lost = placed.find(({ step }) => step.kind === 'arrow' && step.isLost && !step.isAnswer);
    const reached = lines.find(({ party }) => party === 'provider')!.x;
    t.ok(lost!.end < reached, 'a lost request does not arrive');
    t.equal(bars.length, 4, 'a bar for each request that arrives');
    t.ok(bars.every((bar) => bar.height > 0));
    t.equal(placed[0]!.time, room === 'wide' ? '12:00:00.000' : '12:00:00');
  }
  t.match(layoutOf([]), { placed: [], lines: [], bars: [] });
  t.same(layoutOf([{ kind: 'mark', entry: 1, at: 'api', label: 'x'.repeat(200), outcome: 'ok' }]).placed[0]!.lines, [
    'x'.repeat(46),
    `${'x'.repeat(45)}…`,
  ]);
  t.end();
});

void t.test('what a client sent does not reverse the words after it', (t) => {
  const [asked] = told({ grantType: 'a\u202eb\u2067', response: { status: 200 } });
  t.equal(asked, 'Client to Provider: POST token · a\ufffdb\ufffd.');
  const back = told({
    endpoint: 'consent',
    request: { method: 'GET' },
    response: location(`${callback}?error=a%E2%80%AEb`),
  }).at(-1);
  t.equal(back, 'Browser to Client: Callback with error a\ufffdb.');
  t.end();
});
