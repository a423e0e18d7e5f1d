const name = '[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}';
const mediaType = new RegExp(`^(?:\\*/\\*|${name}/(?:\\*|${name}))$`);

/** Whether a text, without parameters, is a media type or a range of them (RFC 6838 §4.2, RFC 9110 §12.5.1). */
export const isMediaType = (essence: string): boolean => mediaType.test(essence);

/**
 * Whether each item of an Accept header is a media type or a range of them. Parameters and empty items do not count.
 */
export function isMediaTypeList(accept: string): boolean {
  const items = accept.split(',').map((item) => (item.split(';', 1)[0] as string).trim());
  return items.every((essence) => (essence === '' && items.length > 1) || isMediaType(essence));
}
