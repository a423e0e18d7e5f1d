import { withoutControls } from './without-controls.js';

const isOfDiagram = /^\.diagram(?!-)/;

/**
 * The rules of the style sheet for diagrams. Other programs do not know the palette, so its light colours, which the
 * first rule for `:root` has, take the place of the variables.
 */
function styleOfDiagrams(): string {
  const rules = [...document.styleSheets]
    .flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSStyleRule);
  const palette = rules.find(({ selectorText }) => selectorText === ':root')?.style;
  const texts = rules.filter(({ selectorText }) => isOfDiagram.test(selectorText)).map(({ cssText }) => cssText);
  return ['svg { background: var(--card); font-family: system-ui, sans-serif; }', ...texts]
    .join('\n')
    .replaceAll(/var\((--[\w-]+)\)/g, (_all, name: string) => palette?.getPropertyValue(name).trim() ?? '');
}

/** A diagram as the text of a file. It has its own style, so that it looks the same outside of the panel. */
export function exportSvg(svg: SVGSVGElement): string {
  const text = withoutControls(new XMLSerializer().serializeToString(svg));
  // inserted as text: the Content-Security-Policy forbids a style element. The first `>` ends the tag: XML escapes it
  const end = text.indexOf('>') + 1;
  const styled = `${text.slice(0, end)}<style>${styleOfDiagrams()}</style>${text.slice(end)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${styled}\n`;
}
