import fc from 'fast-check';
import t from 'tap';
import { parse } from 'yaml';
import { toYaml } from '../../src/panel/writing/yaml.js';

t.test('a value is written as scenario files have it', async (t) => {
  const scenario = {
    extends: 'default',
    description: 'One refresh is refused: once.',
    left: undefined,
    clock: { now: '2026-01-01T00:00:00Z', frozen: true, rate: 60 },
    providers: { mailup: { policy: { accessToken: '15m', grants: [] }, clients: [{ id: 'my-app', secret: null }] } },
    faults: [{ match: {}, fault: [{ kind: 'drop' }, { kind: 'pass' }] }],
    matrix: [[1, 2], []],
    urls: ['http://localhost:3000/callback', 'a: b', ' x', 'yes', '12', '-1', '', '# no'],
  };
  t.equal(
    toYaml(scenario),
    `extends: default
description: "One refresh is refused: once."
clock:
  now: "2026-01-01T00:00:00Z"
  frozen: true
  rate: 60
providers:
  mailup:
    policy:
      accessToken: 15m
      grants: []
    clients:
      - id: my-app
        secret: null
faults:
  - match: {}
    fault:
      - kind: drop
      - kind: pass
matrix:
  - - 1
    - 2
  - []
urls:
  - http://localhost:3000/callback
  - "a: b"
  - " x"
  - "yes"
  - "12"
  - "-1"
  - ""
  - "# no"
`,
  );
  t.equal(toYaml('text'), 'text\n');
});

t.test('what is written is read as the same value, in YAML 1.2 and in 1.1', async () => {
  const odd = 'ab1 :-#"\'{}[],&*!|>%@`\n\t\u0085\u2028\ufeff~.';
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...odd.split('')) }),
    fc.constantFrom(
      'null',
      'NO',
      'on',
      '~',
      '1e3',
      '0x1f',
      '1_000',
      '12:30:45',
      '2026-01-01',
      '15m',
      '.inf',
      '<<',
      '=',
      'a:',
    ),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        text.filter((name) => name !== '__proto__'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  }));
  fc.assert(
    fc.property(value, (given) => {
      const expected = JSON.stringify(given);
      return (['1.2', '1.1'] as const).every(
        (version) => JSON.stringify(parse(toYaml(given), { version })) === expected,
      );
    }),
    { numRuns: 300 },
  );
});
