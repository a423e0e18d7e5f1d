import { exportedStyle } from './svg-style.js';

/** A diagram as the text of a file. It has its own style, so that it looks the same outside of the panel. */
export function exportSvg(svg: SVGSVGElement): string {
  const text = new XMLSerializer().serializeToString(svg);
  // as text: the policy of the page refuses a style element. The first `>` ends the tag: XML escapes it in attributes
  const end = text.indexOf('>') + 1;
  const styled = `${text.slice(0, end)}<style>${exportedStyle}</style>${text.slice(end)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${styled}\n`;
}
