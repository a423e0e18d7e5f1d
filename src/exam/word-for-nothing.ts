/** Whether a token is empty, or a word that languages write for nothing. */
export const isWordForNothing = (token: string): boolean =>
  /^(?:undefined|null|none|nil|nan|false|\[object Object\])?$/i.test(token);
