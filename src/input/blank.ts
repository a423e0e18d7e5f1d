/** Whether a text has nothing but white space of Unicode, or nothing at all. */
export function isBlank(text: string): boolean {
  return /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*$/.test(text);
}
