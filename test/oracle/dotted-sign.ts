import { form, credentials, clients, owner, send, uriOf } from './wire.js';
import { formsOf, said } from './page.js';
import type { Answer, Form, Origin, Parameters, WireRequest } from './wire.js';

/** How a request is sent. */
export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** `null`: no `Accept` header. */
  readonly accept?: string | null;
  /** Sends and keeps cookies. */
  readonly cookies?: boolean;
  readonly method?: string;
}

/** A token answer. */
export interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/** What an authorization asks for, the client by its id in the table of clients. */
type Ask = Parameters & { readonly client?: string };

/** The JSON body of an answer. */
export const pairOf = (answer: Answer): Pair => JSON.parse(answer.text) as Pair;

/** Understudy's DottedSign, as the cases talk to it: a client, and a browser with one user. */
export class DottedSign implements Origin {
  readonly prefix = '/dottedsign';
  readonly jar = new Map<string, string>();

  constructor(readonly url: string) {}

  async send({
    path,
    body,
    method = 'GET',
    headers = {},
    accept = '*/*',
    cookies = false,
  }: SendOptions & WireRequest): Promise<Answer> {
    const all = {
      ...(accept === null ? {} : { accept }),
      ...headers,
      ...(cookies && this.jar.size > 0 ? { cookie: [...this.jar].map((pair) => pair.join('=')).join('; ') } : {}),
    };
    const answer = await send(this.url, { method, path: this.prefix + path, headers: all, body });
    if (cookies) for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
    return { ...answer, server: this };
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    this.jar.set(pair.slice(0, at), pair.slice(at + 1));
  }

  /** Sends a form. */
  post(path: string, parameters: Form, { headers = {}, ...options }: SendOptions = {}): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.send({ method: 'POST', path, headers: { ...type, ...headers }, body: form(parameters), ...options });
  }

  /** Sends JSON; text as it is. */
  json(path: string, value: unknown, { headers = {}, ...options }: SendOptions = {}): Promise<Answer> {
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    const type = { 'content-type': 'application/json' };
    return this.send({ method: 'POST', path, headers: { ...type, ...headers }, body, ...options });
  }

  token(parameters: Form, options?: SendOptions): Promise<Answer> {
    return this.post('/oauth/token', parameters, options);
  }

  me(token: string, options: SendOptions = {}): Promise<Answer> {
    return this.send({ path: '/v1/members/me', headers: { authorization: `Bearer ${token}` }, ...options });
  }

  /** Opens a page of the authorization endpoint as a browser does: it follows redirects on this server. */
  async visit(path: string, options: SendOptions = {}): Promise<Answer> {
    let answer = await this.send({ path, cookies: true, ...options });
    for (let hops = 0; hops < 3; hops += 1) {
      const own = this.ownPath(answer.headers.location);
      if (own === undefined || own.startsWith('/login') || own.includes('/native')) break;
      answer = await this.send({ path: own, cookies: true });
    }
    return answer;
  }

  ownPath(location: string | undefined): string | undefined {
    const path = location?.startsWith(this.url) === true ? location.slice(this.url.length) : location;
    return path?.startsWith(this.prefix) === true ? path.slice(this.prefix.length) : undefined;
  }

  /** Presses a button of a consent page. */
  press(
    page: Answer,
    button: 'allow' | 'deny',
    change: (fields: Readonly<Record<string, string>>) => Parameters = (fields) => fields,
  ): Promise<Answer> {
    const chosen = formsOf(page.text)[button === 'allow' ? 0 : 1];
    if (chosen === undefined) throw new Error(`no form to press (${page.status} ${page.text.slice(0, 200)})`);
    return this.post(this.ownPath(chosen.action) ?? '', change(chosen.fields), { cookies: true });
  }

  authorizePath(parameters: Parameters): string {
    return `/oauth/authorize?${form(parameters)}`;
  }

  /** Gets a code by way of the pages. */
  async code({ client = 'app', redirect_uri = uriOf(client), ...rest }: Ask = {}): Promise<string> {
    const path = this.authorizePath({ response_type: 'code', client_id: client, redirect_uri, ...rest });
    let page = await this.visit(path);
    if (this.ownPath(page.headers.location)?.startsWith('/login') === true) {
      await this.login();
      page = await this.visit(path);
    }
    if (page.status === 200) page = await this.press(page, 'allow');
    const code = /[?&]code=([^&#]+)/.exec(page.headers.location ?? '')?.[1];
    if (code === undefined) throw new Error(`no code: ${page.status} ${JSON.stringify(said(page))}`);
    return code;
  }

  /** Gets tokens by the authorization code grant. */
  async tokens({ client = 'app', redirect_uri = uriOf(client), ...rest }: Ask = {}): Promise<Pair> {
    const code = await this.code({ client, redirect_uri, ...rest });
    const answer = await this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri,
      ...credentials(client),
    });
    if (answer.status !== 200) throw new Error(`no tokens: ${answer.status} ${answer.text}`);
    return pairOf(answer);
  }

  refresh(refresh_token: string, { client = 'app', ...rest }: Ask = {}): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token, ...credentials(client), ...rest });
  }

  /** Gets a token by client credentials. */
  async clientToken(scope = 'sign_tasks.general.read', client = 'app'): Promise<Pair> {
    return pairOf(await this.token({ grant_type: 'client_credentials', scope, ...credentials(client) }));
  }

  async #admin(method: string, path: string, value?: unknown): Promise<string> {
    const { status, text } = await send(this.url, {
      method,
      path: `/__admin${path}`,
      headers: { 'content-type': 'application/json' },
      body: value === undefined ? undefined : JSON.stringify(value),
    });
    if (status >= 400) throw new Error(`admin ${method} ${path}: ${status} ${text}`);
    return text;
  }

  policy(change: Readonly<Record<string, unknown>>): Promise<string> {
    return this.#admin('PATCH', '/providers/dottedsign/policy', change);
  }

  /** Logs the user in at a new browser. */
  async login(): Promise<void> {
    this.jar.clear();
    const asked = { response_type: 'code', client_id: 'single', redirect_uri: uriOf('single') };
    const begun = await this.send({ path: this.authorizePath(asked), cookies: true });
    const page = await this.send({ path: this.ownPath(begun.headers.location) ?? '', cookies: true });
    const [login] = formsOf(page.text);
    await this.post(this.ownPath(login?.action) ?? '', { ...login?.fields, ...owner }, { cookies: true });
  }

  /** Lets time pass. */
  async age(seconds: number): Promise<void> {
    await this.#admin('POST', '/clock/advance', { by: `${seconds}s` });
  }

  /** The state of a token, without using it: `live`, `expired`, `revoked`, … */
  async peek(token: string): Promise<string> {
    const answer = await this.#admin('GET', `/providers/dottedsign/tokens?token=${encodeURIComponent(token)}`);
    const { tokens } = JSON.parse(answer) as { tokens: readonly { status: string }[] };
    return tokens[0]?.status ?? 'unknown';
  }

  /** Revokes all tokens. */
  async reset(): Promise<void> {
    await this.#admin('POST', '/providers/dottedsign/tokens/revoke', {});
  }

  /** Registers the clients of the recorded run. */
  async setUp(): Promise<void> {
    for (const { id, ...client } of clients) {
      await this.#admin('PUT', `/providers/dottedsign/clients/${encodeURIComponent(id)}`, client);
    }
    await this.policy({ grants: ['authorization_code', 'refresh_token', 'client_credentials', 'password'] });
  }
}
