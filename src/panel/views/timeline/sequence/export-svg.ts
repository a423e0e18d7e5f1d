import { exportedStyle } from './svg-style.js';

const namespace = 'http://www.w3.org/2000/svg';

/** A diagram as the text of a file. It has its own style, so that it looks the same outside of the panel. */
export function exportSvg(svg: SVGSVGElement): string {
  // a document of its own: the policy of the page would refuse the style
  const file = new DOMParser().parseFromString(new XMLSerializer().serializeToString(svg), 'image/svg+xml');
  const style = file.createElementNS(namespace, 'style');
  style.textContent = exportedStyle;
  file.documentElement.prepend(style);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}
