/** Why no client reaches a path as it is written, with or without a host before it. Undefined: clients reach it. */
export function mistakeInPath(place: string): string | undefined {
  const path = place.slice(Math.max(0, place.indexOf('/')));
  const dots = path.split('/').find((segment) => segment === '.' || segment === '..');
  // RFC 3986 §5.2.4
  if (dots !== undefined) return `${path} has the segment ${dots}, which clients take out before they send a request`;
  const [encoded] = /%.{0,2}/.exec(path) ?? [];
  if (encoded === undefined) return undefined;
  if (!/^%[0-9A-Fa-f]{2}$/.test(encoded)) {
    return `${path} has ${encoded}, which is no percent-encoding: % and two hexadecimal digits`;
  }
  const unreserved = decodedIfUnreserved(encoded);
  return (
    `${path} has ${encoded}: paths of requests are decoded before they are compared, so that no client reaches it` +
    (unreserved === undefined ? '' : `; write ${unreserved}`)
  );
}

/** RFC 3986 §2.3: these characters are the same with percent-encoding and without. */
function decodedIfUnreserved(encoded: string): string | undefined {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return /^[\w.~-]$/.test(character) ? character : undefined;
}
