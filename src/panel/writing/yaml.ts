/** Text that can be written without quotes: a word, a path, a URL; or a duration such as 15m. */
const plain = /^(?:[A-Za-z_](?:[\w ./@+-]|:(?=\S))*(?<![ :])|\d+(?:ms|[smhdw])(?:\d+(?:ms|[smhdw]))*)$/;
/** Words that YAML 1.1 or 1.2 reads as another type than text. */
const reserved = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
/** Characters that JSON may contain as they are and YAML may not (YAML 1.2 §5.1). */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Writes a value as a YAML document, as scenario files have it. Members that are undefined are left out. Text that is
 * not plain is quoted as in JSON, which YAML contains (YAML 1.2 §1.3).
 */
export function toYaml(value: unknown): string {
  // a copy as JSON: no undefined members, and only values that JSON has
  return `${lines(JSON.parse(JSON.stringify(value)) as unknown).join('\n')}\n`;
}

function lines(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      const [first = '', ...others] = lines(item);
      return [`- ${first}`, ...others.map(indented)];
    });
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [scalar(value)];
  return Object.entries(value).flatMap(([name, member]) => {
    const key = scalar(name);
    const inner = lines(member);
    return isBlock(member) ? [`${key}:`, ...inner.map(indented)] : [`${key}: ${String(inner[0])}`];
  });
}

const indented = (line: string): string => `  ${line}`;

/** Whether a value has lines of its own. */
const isBlock = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function scalar(value: unknown): string {
  if (typeof value === 'string' && plain.test(value) && !reserved.test(value)) return value;
  return JSON.stringify(value).replaceAll(unprintable, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
