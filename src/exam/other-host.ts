import { once } from 'node:events';
import { createServer } from 'node:http';
import { spellingsOf } from '../world/journal/secret-spellings.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Maximum size of a body that is kept, in bytes. */
const bodyBytes = 100_000;

/** Maximum number of requests that are kept. */
const requestLimit = 100;

/** A request that reached another host. */
export interface StrayRequest {
  readonly method: string;
  /** All that the request says, as one text to search for secrets. */
  readonly text: string;
}

/**
 * A host that is not the provider: another name and port of the loopback interface. It shows whether a client follows a
 * redirect with its secret or its token. It answers every request with an empty JSON object.
 */
export class OtherHost {
  readonly requests: StrayRequest[] = [];
  /** Several HTTP libraries compare names of hosts without their ports, which is enough in production. */
  readonly #name: string;
  readonly #server = createServer((request, response) => {
    // a request that ends in its body is no request
    this.#keep(request, response).catch(() => response.destroy());
  });

  /** `provider` is the name of the host that it must not have. */
  constructor(provider: string) {
    this.#name = provider === 'localhost' ? '127.0.0.1' : 'localhost';
  }

  /** Opens it on a free port. */
  async open(): Promise<void> {
    this.#server.listen(0, this.#name);
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://${this.#name}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Whether a text arrived in any part of a request: as it is, in a URL, in a form, or in Basic credentials. */
  received(secret: string): boolean {
    const spellings = spellingsOf(secret);
    return this.requests.some(({ text }) => spellings.some((spelling) => text.includes(spelling)));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #keep(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
      if (body.length < bodyBytes) body += chunk;
    }
    const [, basic = ''] = /^Basic +(\S+)/i.exec(request.headers.authorization ?? '') ?? [];
    const text = [
      String(request.url),
      JSON.stringify(request.headers),
      Buffer.from(basic, 'base64').toString('utf8'),
      body,
    ].join('\n');
    if (this.requests.length < requestLimit) this.requests.push({ method: String(request.method), text });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
}
