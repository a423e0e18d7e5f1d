/** A loaded page, or a redirect target at which the browser stopped. */
export interface Page {
  readonly url: URL;
  /** 0 for a redirect target that was not loaded. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

interface Field {
  readonly name: string;
  readonly value: string;
}

interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: readonly Field[];
  readonly buttons: readonly (Field & { readonly label: string })[];
}

const longestChain = 10;

/** A minimal browser for logins: it keeps cookies, follows redirects, fills and posts forms. */
export class Browser {
  /** Prefix of redirect targets that are not loaded: usually the redirect_uri, which has no server. */
  readonly #stopAt: string;
  #cookies: Cookie[] = [];

  constructor(stopAt = 'http://localhost:3000/') {
    this.#stopAt = stopAt;
  }

  /** Loads a URL. */
  open(url: string | URL): Promise<Page> {
    return this.#go(new URL(url), { method: 'GET' });
  }

  /** Fills and submits the form that has this button. */
  press(page: Page, label: string, typed: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = formsOf(page.text).find(({ buttons }) => buttons.some((button) => button.label === label));
    const button = form?.buttons.find((each) => each.label === label);
    if (form === undefined || button === undefined) {
      throw new Error(`there is no button ${label} at ${page.url.href} (${page.status}):\n${page.text}`);
    }
    const body = new URLSearchParams();
    for (const { name, value } of [...form.fields, button]) if (name !== '') body.append(name, value);
    for (const [name, value] of Object.entries(typed)) body.set(name, value);
    return this.#go(new URL(form.action, page.url), {
      method: form.method.toUpperCase(),
      body,
      headers: { origin: page.url.origin },
    });
  }

  /** Completes the login and consent pages, and returns the last page. */
  async signIn(
    url: string | URL,
    { username, password }: { readonly username: string; readonly password: string },
  ): Promise<Page> {
    let page = await this.open(url);
    if (hasButton(page, 'Log in')) page = await this.press(page, 'Log in', { username, password });
    if (hasButton(page, 'Allow')) page = await this.press(page, 'Allow');
    return page;
  }

  /** The value of a cookie that would be sent to a URL. */
  cookie(url: string | URL, name: string): string | undefined {
    return this.#cookiesFor(new URL(url)).find((cookie) => cookie.name === name)?.value;
  }

  async #go(
    url: URL,
    init: { method: string; body?: URLSearchParams; headers?: Record<string, string> },
    chain = 0,
  ): Promise<Page> {
    if (url.href.startsWith(this.#stopAt)) return { url, status: 0, headers: new Headers(), text: '' };
    if (chain > longestChain) throw new Error(`redirected more than ${longestChain} times, at last to ${url.href}`);
    const cookie = this.#cookiesFor(url)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      ...init.headers,
      ...(cookie === '' ? {} : { cookie }),
    };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(url, line);
    const location = answer.headers.get('location');
    const text = await answer.text();
    if (location === null || answer.status < 300 || answer.status > 399) {
      return { url, status: answer.status, headers: answer.headers, text };
    }
    return this.#go(new URL(location, url), { method: 'GET' }, chain + 1);
  }

  #keep(url: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const attribute = (wanted: string): string | undefined =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? '/';
    this.#cookies = this.#cookies.filter(
      (cookie) => !(cookie.host === url.hostname && cookie.path === path && cookie.name === name),
    );
    const expires = attribute('expires');
    const over = attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
    if (!over) this.#cookies.push({ host: url.hostname, path, name, value });
  }

  /** Cookies have a host and a path, but no port (RFC 6265 §8.5). */
  #cookiesFor({ hostname, pathname }: URL): Cookie[] {
    return this.#cookies.filter(
      ({ host, path }) =>
        host === hostname && (pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)),
    );
  }
}

/** Whether a page shows a button. */
export function hasButton(page: Page, label: string): boolean {
  return formsOf(page.text).some(({ buttons }) => buttons.some((button) => button.label === label));
}

/** The forms of a page, with the fields that a browser would send. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inner = '']) => {
    const { action = '', method = 'get' } = attributesOf(tag);
    const fields = [...inner.matchAll(/<input\b([^>]*)>/gs)].map(([, input = '']) => attributesOf(input));
    const sent = fields.filter(({ type, checked }) => type !== 'radio' || checked !== undefined);
    const buttons = [...inner.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(([, button = '', label = '']) => {
      const { name = '', value = '' } = attributesOf(button);
      return { name, value, label: label.trim() };
    });
    return { action, method, fields: sent.map(({ name = '', value = '' }) => ({ name, value })), buttons };
  });
}

function attributesOf(tag: string): Record<string, string> {
  return Object.fromEntries(
    [...tag.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decoded(value)]),
  );
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function decoded(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] as string);
}
