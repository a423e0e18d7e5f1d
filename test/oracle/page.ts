import type { Answer, Origin } from './wire.js';

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};
const unescape = (html: string): string =>
  html.replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (each) => entities[each] ?? each);

/** A form of a page: its action and its fields, buttons with a name included. */
export interface PageForm {
  readonly action: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

function attribute(tag: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\b${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? undefined : unescape(value);
}

/** All forms of a page. */
export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => {
    const tags = [...inside.matchAll(/<(?:input|button)\b[^>]*>/g)].map(([tag]) => tag);
    const fields = tags.flatMap((tag) => {
      const name = attribute(tag, 'name');
      return name === undefined ? [] : [[name, attribute(tag, 'value') ?? '']];
    });
    return { action: attribute(head, 'action'), fields: Object.fromEntries(fields) as Record<string, string> };
  });
}

/** The fields of a form as text, without the one against forged requests. */
export const fieldsOf = ({ fields }: PageForm): string =>
  Object.entries(fields)
    .filter(([name]) => name !== 'authenticity_token')
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

/** What a page says, without its looks. The order of the members is that of the golden file. */
export interface Said {
  readonly page: string;
  readonly status?: number;
  readonly [member: string]: unknown;
}

/** Reads an answer as a page: which page, and what it says. */
export function said({ text, headers, server, status }: Answer): Said {
  const { location } = headers;
  if (location !== undefined) {
    return server.ownPath(location)?.startsWith('/login') === true
      ? { page: 'login' }
      : { page: 'redirect', status, location: comparableLocation(server, location) };
  }
  const type = headers['content-type'];
  if (type?.includes('html') !== true) return { page: 'none', status, type: type ?? null, text: text.slice(0, 300) };
  if (text === '') return { page: 'empty', status };
  const refused =
    /<pre>\s*([\s\S]*?)\s*<\/pre>/.exec(text) ?? /<p class="lead" role="alert">([\s\S]*?)<\/p>/.exec(text);
  const forms = formsOf(text);
  if (refused !== null && forms.length === 0) return { page: 'error', status, description: unescape(refused[1] ?? '') };
  if (forms[0] !== undefined && forms.length === 2) return { page: 'consent', status, allow: fieldsOf(forms[0]) };
  if (text.includes('id="authorization_code"')) return { page: 'code shown', status };
  return { page: 'other', status, title: /<title>([^<]*)/.exec(text)?.[1] };
}

/** A `Location` with the server and the code replaced: they differ from run to run. */
export function comparableLocation({ url, prefix }: Origin, location: string): string {
  return location
    .replace(url + prefix, '<server>')
    .replace(/^\/dottedsign(?=\/)/, '<server>')
    .replace(/([?&#]code=)[A-Za-z0-9_-]{43}(?=&|$)/, '$1<43>')
    .replace(/(native\?code=)[A-Za-z0-9_-]{43}/, '$1<43>');
}
