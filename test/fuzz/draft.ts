/** A parameter. A raw one is written without encoding. */
export interface Pair {
  readonly name: string;
  readonly value: string;
  readonly raw?: boolean;
}

export type Body =
  | { readonly kind: 'form' | 'multipart'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string };

export const framings = ['length', 'chunked', 'both', 'too long', 'too short', 'none'] as const;

/** The parts of a request, before serialisation. */
export interface Draft {
  /** Description for failure messages. */
  readonly about: string;
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly body?: Body | undefined;
  /** Replaces the Content-Type of the body. */
  readonly contentType?: string;
  readonly framing?: (typeof framings)[number];
}

export const pair = (name: string, value: string): Pair => ({ name, value });
export const pairs = (members: Readonly<Record<string, string>>): Pair[] =>
  Object.entries(members).map(([name, value]) => pair(name, value));

/** Percent-encodes any text. `encodeURIComponent` throws on a lone surrogate. */
export const percent = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    .replaceAll(/[^A-Za-z0-9._~-]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

const encoded = (list: readonly Pair[]): string =>
  list
    .map(({ name, value, raw }) => (raw === true ? `${name}=${value}` : `${percent(name)}=${percent(value)}`))
    .join('&');

const boundary = 'a-boundary';
const contentTypes = {
  form: 'application/x-www-form-urlencoded',
  multipart: `multipart/form-data; boundary=${boundary}`,
  json: 'application/json',
  text: 'text/plain',
};

function textOf(body: Body): string {
  switch (body.kind) {
    case 'form':
      return encoded(body.pairs);
    case 'multipart':
      return `${body.pairs.map(({ name, value }) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`;
    case 'json':
      return JSON.stringify(body.value);
    case 'text':
      return body.text;
  }
}

function framed(body: string, framing: Draft['framing']): { headers: string[]; body: string } {
  const length = Buffer.byteLength(body);
  const chunked = `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  switch (framing) {
    case 'chunked':
      return { headers: ['Transfer-Encoding: chunked'], body: length === 0 ? '0\r\n\r\n' : chunked };
    case 'both':
      return { headers: [`Content-Length: ${length}`, 'Transfer-Encoding: chunked'], body: chunked };
    case 'too long':
      return { headers: [`Content-Length: ${length + 5}`], body };
    case 'too short':
      return { headers: [`Content-Length: ${Math.max(length - 5, 0)}`], body };
    case 'none':
      return { headers: [], body };
    default:
      return { headers: length === 0 ? [] : [`Content-Length: ${length}`], body };
  }
}

/** Serialises a draft. Adds `Host` and `Connection: close` if it has none. */
export function write(draft: Draft, host: string): Buffer {
  const { method, path, query, headers, body, contentType, framing } = draft;
  const text = body === undefined ? '' : textOf(body);
  const frame = framed(text, framing);
  const has = (wanted: string): boolean => headers.some(({ name }) => name.toLowerCase() === wanted);
  const type = contentType ?? (body === undefined ? undefined : contentTypes[body.kind]);
  const lines = [
    `${method} ${path}${query.length === 0 ? '' : `?${encoded(query)}`} HTTP/1.1`,
    ...(has('host') ? [] : [`Host: ${host}`]),
    ...(has('connection') ? [] : ['Connection: close']),
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...frame.headers,
    ...headers.map(({ name, value }) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${frame.body}`);
}

/** All text of a request, base64 decoded too: shows which secrets the sender knows. */
export function allText({ method, path, query, headers, body, contentType = '' }: Draft): string {
  const spelt = [
    method,
    contentType,
    decode(path),
    ...query.flatMap(({ name, value }) => [name, value]),
    ...headers.flatMap(({ name, value }) => [name, value]),
    body === undefined ? '' : textOf(body),
  ];
  const inBody = body !== undefined && 'pairs' in body ? body.pairs.flatMap(({ name, value }) => [name, value]) : [];
  const hidden = headers.flatMap(({ value }) =>
    value.split(' ').map((word) => Buffer.from(word, 'base64').toString('latin1')),
  );
  return [...spelt, ...inBody, ...hidden].join('\n');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
