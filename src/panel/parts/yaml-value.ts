/** Text that YAML reads as the same text without quotes. A date, a number or a word like `true` needs them. */
const plain = /^(?!\d+-)[A-Za-z0-9][\w.@/-]*$/;
const special = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** Writes a value as YAML on one line: text plain where it can be, lists and objects in brackets. */
export function yamlValue(value: unknown): string {
  if (typeof value === 'string') {
    // JSON strings are YAML strings
    return plain.test(value) && !special.test(value) && Number.isNaN(Number(value)) ? value : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, each]) => `${yamlValue(name)}: ${yamlValue(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
