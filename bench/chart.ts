import { contenders, works } from './contenders.js';
import { measured } from './statistics.js';
import type { Series } from './throughput.js';

const width = 760;
const rowHeight = 22;
const labelWidth = 170;
const barWidth = width - labelWidth - 90;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Bar chart of answers per second, one group for each kind of work. Whiskers show the lowest and the highest round. */
export function chart(series: readonly Series[]): string {
  const most = Math.max(...series.flatMap(({ perSecond }) => perSecond));
  const x = (value: number): number => labelWidth + (value / most) * barWidth;
  let y = 10;
  const parts: string[] = [];
  for (const work of works) {
    parts.push(`<text class="work" x="0" y="${String(y + 16)}">${work}</text>`);
    y += 26;
    for (const { name } of contenders) {
      const found = series.find((each) => each.contender === name && each.work === work);
      if (found === undefined) continue;
      const { median, least, most: top } = measured(found.perSecond);
      const middle = y + rowHeight / 2;
      parts.push(
        `<text x="${String(labelWidth - 8)}" y="${String(middle + 4)}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${name.startsWith('Understudy') ? 'ours' : 'others'}" x="${String(labelWidth)}" y="${String(y + 3)}" width="${(x(median) - labelWidth).toFixed(1)}" height="${String(rowHeight - 6)}"/>`,
        `<path d="M${x(least).toFixed(1)} ${String(middle)}H${x(top).toFixed(1)}"/>`,
        `<text x="${(x(top) + 6).toFixed(1)}" y="${String(middle + 4)}">${Math.round(median).toLocaleString('en')}</text>`,
      );
      y += rowHeight;
    }
    y += 12;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(y)}" font-family="system-ui, sans-serif" font-size="12">
<title>Answers per second, by kind of work</title>
<style>text{fill:#333}.work{font-weight:600}.ours{fill:#3563c9}.others{fill:#b8bfca}path{stroke:#333;fill:none}@media (prefers-color-scheme:dark){text{fill:#ddd}path{stroke:#ddd}}</style>
${parts.join('\n')}
</svg>
`;
}
