import fc from 'fast-check';

/** What a header that was smuggled in would be called. */
export const injected = 'x-injected';
/** Markup that must never come back as markup. */
export const markup = '<img src=x onerror=fuzz()>';

/** Text that somebody once broke something with. */
const notorious: readonly string[] = [
  '', ' ', '\t', '\0', 'a\0b', '\u007f', '\u0085', '\u2028', '\ufeff', '\u202eevil', '\ud800', 'é', '€', '😀', 'İ', 'ß',
  `\r\n${injected}: 1`, `a\r\n\r\nHTTP/1.1 200 OK\r\n${injected}: 1\r\n\r\n`, `\n${injected}: 1`, `%0d%0a${injected}:%201`, '%', '%%', '%zz', '%00', '%c3%28', '%ff%fe', '%u0041', '%25%30%30',
  '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'then', 'length', 'undefined', 'null', 'true', 'NaN', 'Infinity',
  '0', '-0', '-1', '1e309', '1.5', '0x10', '9007199254740993', '99999999999999999999', '2026-02-30T00:00:00Z', '+275760-09-13T00:00:00Z', '9e9d', 'PT', 'P', 'never',
  markup, `"${markup}`, `'>${markup}`, `</code>${markup}`, '{{7*7}}', '${7*7}', '<%= it %>', '<%~ include("/etc/passwd") %>', "' or 1=1 --",
  '../../../../etc/passwd', '..%2f..%2fpackage.json', '....//', '/', '//', '//evil.example/', '\\\\evil.example', 'http://evil.example/', 'https://localhost:3000/callback', 'http://localhost:3000/callback#x',
  'http://localhost:3000/callback?code=x', 'http://localhost:3000/callback/../x', 'http://user@localhost:3000/callback', 'http://[::1', 'http://%', 'javascript:fuzz()', 'data:text/html,x', 'a:', 'a:b', ':', '://', '?', '#', '&', '=', ';', ',', '+', '*', '|', '^', '`', '"', '\\', '[', '[]', '{', '{}', '[0]', 'a[]', 'a[b]', 'a.b',
  'Basic', 'Bearer', 'Basic ', 'Bearer  x', 'Basic Og==', 'Basic YQ==', 'basic =', 'Digest username="x"', 'Bearer a, Bearer b',
];

const repeated = fc.record({ of: fc.constantFrom('x', 'é', ' ', '%', '%41', '/', '/../', ',', ':', '=', '&a', '"', '\\', '<', '😀', '\r\n', '(', '[', '{"a":', '__proto__.', 'a '), times: fc.constantFrom(50, 500, 4000, 15_000, 60_000) })
  .map(({ of, times }) => of.repeat(Math.ceil(times / of.length)));

/** Text that nobody should have sent. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...notorious) },
  { weight: 1, arbitrary: repeated },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...notorious), fc.constantFrom(...notorious)).map((two) => two.join('')) },
);

const deep = fc.record({ depth: fc.constantFrom(3, 30, 99, 300), text: fc.constantFrom('[', '{"a":') })
  .map(({ depth, text }): unknown => JSON.parse(text.repeat(depth) + (text === '[' ? '' : '1') + (text === '[' ? ']' : '}').repeat(depth)));

/** JSON that nobody should have sent. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, [], {}, [null], [[]], ['a', 'b'], ['a', 'a'], { a: {} }) },
  { weight: 2, arbitrary: fc.constantFrom('{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '{"__proto__":null}', '{"toString":1,"valueOf":2}', '{"length":-1}', '{"then":{}}').map((text): unknown => JSON.parse(text)) },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: deep },
);

/** Bodies that are text of no kind, or nearly of one. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('{', '[', '"', 'nul', '{"a":1}{"a":1}', '[]', 'null', '0', '"x"', '{"a":1e999}', '\ufeff{}', '{"__proto__":{"polluted":true}}', '<a/>', 'a', '=', '&&&', '%', 'a=%', 'a[b][c]=d', '--a-boundary--\r\n', '--a-boundary\r\n', '--a-boundary\r\n\r\n', '--a-boundary\r\nContent-Disposition: form-data; name="x"; filename="y"\r\n\r\nz\r\n--a-boundary--\r\n', '\r\n\r\n'),
  fc.constantFrom('['.repeat(32_000) + ']'.repeat(32_000), `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, '['.repeat(60_000)),
  hostileText,
  repeated,
);
