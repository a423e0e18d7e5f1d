/** A piece of a text; with `href` it is a link. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

const reference = /(?:RFC (\d+)(?: (?=§|Appendix))?)?(?:§(\d+(?:\.\d+)*)|Appendix ([A-Z])\b)?/g;

/**
 * Finds references to RFCs, such as `RFC 6749 §4.1.2, §4.1.3`, and gives each its address at the RFC Editor. A section
 * without a number of its own belongs to the RFC that was named before it.
 */
export function rfcLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let rfc: string | undefined;
  let end = 0;
  for (const { 0: found, 1: number, 2: section, 3: appendix, index } of text.matchAll(reference)) {
    rfc = number ?? rfc;
    if (found === '' || rfc === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: found, href: `https://www.rfc-editor.org/rfc/rfc${rfc}${anchor(section, appendix)}` });
    end = index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function anchor(section: string | undefined, appendix: string | undefined): string {
  if (section !== undefined) return `#section-${section}`;
  return appendix === undefined ? '' : `#appendix-${appendix}`;
}
