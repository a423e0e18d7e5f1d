/** The longest object on one line, in characters. */
const widest = 60;

/** Writes a JSON value as JavaScript: short objects on one line, quotes only where they are needed. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? (['[', ']'] as const) : (['{', '}'] as const);
  const parts = (deeper: string): string[] =>
    isList
      ? value.map((each) => literal(each, deeper))
      : Object.entries(value).map(([name, each]) => `${memberName(name)}: ${literal(each, deeper)}`);
  const short = parts(indent);
  if (short.length === 0) return open + close;
  const line = isList ? `[${short.join(', ')}]` : `{ ${short.join(', ')} }`;
  if (line.length + indent.length <= widest && !line.includes('\n')) return line;
  const deeper = `${indent}  `;
  return `${open}\n${parts(deeper)
    .map((part) => `${deeper}${part},\n`)
    .join('')}${indent}${close}`;
}

const memberName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
