import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One step of a how-to page: a new file, or a change of an existing file. */
export interface GuideStep {
  readonly path: string;
  readonly kind: 'file' | 'diff';
  readonly text: string;
}

/**
 * Reads the steps of a page. The last path in backticks before a code block is its file. A TypeScript block is the whole
 * file; a `diff` block changes it.
 */
export function stepsOf(page: string): GuideStep[] {
  const steps: GuideStep[] = [];
  let path = '';
  for (const [, language, text = '', prose = ''] of page.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$|^((?!```).*)$/gm)) {
    if (language === undefined) path = /.*`((?:src|test|fixtures)\/[\w./-]+\.\w+)`/.exec(prose)?.[1] ?? path;
    else if (language === 'diff') steps.push({ path, kind: 'diff', text });
    else if (language.startsWith('ts') || language === 'typescript') steps.push({ path, kind: 'file', text });
  }
  return steps;
}

/** Applies the steps of a page to a copy of the repository. Throws if a diff does not match its file. */
export function applySteps(folder: string, steps: readonly GuideStep[]): void {
  for (const { path, kind, text } of steps) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, kind === 'file' ? text : changed(readFileSync(file, 'utf8'), text, path));
  }
}

/** Applies a diff without line numbers. Its kept and removed lines must occur in the file exactly once, in sequence. */
function changed(before: string, diff: string, path: string): string {
  const lines = diff.trimEnd().split('\n');
  const without = (sign: string): string =>
    lines
      .filter((line) => !line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const [old, now] = [without('+'), without('-')];
  const parts = `\n${before}`.split(`\n${old}`);
  if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} times, expected once:\n${old}`);
  return parts.join(`\n${now}`).slice(1);
}
