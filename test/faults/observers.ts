import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';

/** What a client observed of one request. */
export interface Observation {
  readonly status?: number;
  /** Names in lower case; the last value of a repeated header. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * `short`: the body ended too early, or could not be decoded. `closed`: the connection closed without an error and
   * without an answer. `nonsense`: the bytes were not an HTTP answer.
   */
  readonly end: 'complete' | 'short' | 'reset' | 'closed' | 'silence' | 'nonsense';
  /** Number of chunks received, if the client can count them. */
  readonly pieces?: number;
}

/** A request, for any client. */
export interface Probe {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly form?: Readonly<Record<string, string>>;
}

/** A client that sends requests one after the other, each with a timeout. */
export interface Observer {
  readonly name: string;
  observe(probes: readonly Probe[]): Promise<Observation[]>;
}

/** Timeout of a request, in milliseconds. */
const timeoutMs = 2000;

const formOf = ({ form }: Probe): string => new URLSearchParams(form).toString();
const formType = 'application/x-www-form-urlencoded';

function oneByOne(observe: (probe: Probe) => Promise<Observation>): Observer['observe'] {
  return async (probes) => {
    const seen: Observation[] = [];
    for (const probe of probes) seen.push(await observe(probe));
    return seen;
  };
}

/** Observes bytes and the end of the connection: RST is an error, FIN is not. */
export const rawSocket: Observer = {
  name: 'a raw socket',
  observe: oneByOne(
    (probe) =>
      new Promise((resolve) => {
        const { hostname, port, pathname, search, host } = new URL(probe.url);
        const body = formOf(probe);
        const pieces: Buffer[] = [];
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            `${probe.method} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: ${formType}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          );
        });
        socket.setNoDelay();
        const end = (how: Observation['end']): void => {
          socket.destroy();
          resolve(read(Buffer.concat(pieces), how, pieces.length));
        };
        socket.setTimeout(timeoutMs, () => {
          end('silence');
        });
        socket.on('data', (piece) => pieces.push(piece));
        socket.on('error', () => {
          end('reset');
        });
        socket.on('end', () => {
          end('closed');
        });
      }),
  ),
};

function read(received: Buffer, how: Observation['end'], pieces: number): Observation {
  const bytes = received.toString('utf8');
  if (bytes !== '' && !bytes.startsWith('HTTP/1.1 ')) return { headers: {}, body: '', end: 'nonsense' };
  const at = bytes.indexOf('\r\n\r\n');
  if (at < 0) return { headers: {}, body: '', end: how };
  const [first = '', ...lines] = bytes.slice(0, at).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const body = bytes.slice(at + 4);
  const complete =
    headers['transfer-encoding'] === undefined &&
    received.length - received.indexOf('\r\n\r\n') - 4 === Number(headers['content-length'] ?? 0);
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body,
    pieces,
    end: complete ? 'complete' : how === 'closed' ? 'short' : how,
  };
}

export const fetchClient: Observer = {
  name: "Node's fetch",
  observe: oneByOne(async (probe) => {
    const seen: { status?: number; headers: Record<string, string> } = { headers: {} };
    const silence = new AbortController();
    const timer = setTimeout(() => {
      silence.abort();
    }, timeoutMs);
    try {
      const answer = await fetch(probe.url, {
        method: probe.method,
        redirect: 'manual',
        signal: silence.signal,
        ...(probe.form === undefined ? {} : { body: new URLSearchParams(probe.form) }),
      });
      // as with the other clients, the time counts until something arrives, not until the end of the body
      clearTimeout(timer);
      seen.status = answer.status;
      seen.headers = Object.fromEntries(answer.headers);
      return { ...seen, body: await answer.text(), end: 'complete' };
    } catch (error) {
      clearTimeout(timer);
      if ((error as Error).name === 'AbortError') return { ...seen, body: '', end: 'silence' };
      return { ...seen, body: '', end: seen.status === undefined ? 'reset' : 'short' };
    }
  }),
};

export const httpClient: Observer = {
  name: "Node's http",
  observe: oneByOne(async (probe) => {
    const request = httpRequest(probe.url, {
      method: probe.method,
      timeout: timeoutMs,
      headers: { 'content-type': formType },
    });
    const slow = once(request, 'timeout').then(() => 'silence' as const);
    request.end(formOf(probe));
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    const first = await Promise.race([answered, slow]).catch(() => 'reset' as const);
    if (typeof first === 'string') {
      request.destroy().on('error', () => undefined);
      return { headers: {}, body: '', end: first };
    }
    const [answer] = first;
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const body = await text(answer).catch(() => undefined);
    return { status: answer.statusCode!, headers, body: body ?? '', end: body === undefined ? 'short' : 'complete' };
  }),
};

const program = `
import http.client, json, socket, sys, urllib.parse
seen = []
for probe in json.load(sys.stdin):
    url = urllib.parse.urlsplit(probe["url"])
    line = http.client.HTTPConnection(url.hostname, url.port, timeout=${timeoutMs / 1000})
    one = {"headers": {}, "body": ""}
    try:
        form = urllib.parse.urlencode(probe["form"]) if "form" in probe else None
        line.request(probe["method"], url.path + ("?" + url.query if url.query else ""), form, {"Content-Type": "${formType}"})
        answer = line.getresponse()
        one["status"] = answer.status
        one["headers"] = {name.lower(): value for name, value in answer.getheaders()}
        one["body"] = answer.read().decode(errors="replace")
        one["end"] = "complete"
    except http.client.IncompleteRead:
        one["end"] = "short"
    except (socket.timeout, TimeoutError):
        one["end"] = "silence"
    except http.client.RemoteDisconnected:
        one["end"] = "closed"
    except (http.client.BadStatusLine, http.client.LineTooLong):
        one["end"] = "nonsense"
    except ConnectionResetError:
        one["end"] = "reset"
    line.close()
    seen.append(one)
print(json.dumps(seen))
`;

const pythonClient: Observer = {
  name: "Python's http.client",
  async observe(probes) {
    const python = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    python.stdin.end(JSON.stringify(probes));
    return JSON.parse(await text(python.stdout)) as Observation[];
  },
};

/** The clients that this machine has: a raw socket, the two of Node, and that of Python if it is installed. */
export const observers: readonly Observer[] = [
  rawSocket,
  fetchClient,
  httpClient,
  ...(spawnSync('python3', ['-c', 'import http.client']).status === 0 ? [pythonClient] : []),
];
