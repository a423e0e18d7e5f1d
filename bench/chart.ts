import { contenders, works } from './contenders.js';
import { floorName } from './names.js';
import { relativeSpeed } from './statistics.js';
import type { Series } from './throughput.js';

const width = 760;
const rowHeight = 22;
const labelWidth = 170;
const barWidth = width - labelWidth - 90;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Bar chart of the speed relative to bare Fastify, one group for each kind of work. Whiskers show the quartiles. */
export function chart(series: readonly Series[]): string {
  const speeds = series.map(({ contender, work, costs, referenceCosts }) => ({
    contender,
    work,
    ratio: relativeSpeed(costs, referenceCosts).ratio,
  }));
  const most = Math.max(...speeds.map(({ ratio }) => ratio.upperQuartile));
  const x = (value: number): number => labelWidth + (value / most) * barWidth;
  let y = 10;
  const parts: string[] = [];
  for (const work of works) {
    parts.push(`<text class="work" x="0" y="${String(y + 16)}">${work}</text>`);
    y += 26;
    for (const { name } of contenders) {
      const found = speeds.find((each) => each.contender === name && each.work === work);
      if (found === undefined) continue;
      const { median, lowerQuartile, upperQuartile } = found.ratio;
      const middle = y + rowHeight / 2;
      parts.push(
        `<text x="${String(labelWidth - 8)}" y="${String(middle + 4)}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${name.startsWith('Understudy') ? 'ours' : 'others'}" x="${String(labelWidth)}" ` +
          `y="${String(y + 3)}" width="${(x(median) - labelWidth).toFixed(1)}" ` +
          `height="${String(rowHeight - 6)}"/>`,
        `<path d="M${x(lowerQuartile).toFixed(1)} ${String(middle)}H${x(upperQuartile).toFixed(1)}"/>`,
        `<text x="${(x(upperQuartile) + 6).toFixed(1)}" y="${String(middle + 4)}">${median.toFixed(2)}</text>`,
      );
      y += rowHeight;
    }
    y += 12;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(y)}" font-family="system-ui, sans-serif" font-size="12">
<title>Speed relative to ${floorName}, by kind of work</title>
<style>text{fill:#333}.work{font-weight:600}.ours{fill:#3563c9}.others{fill:#b8bfca}path{stroke:#333;fill:none}@media (prefers-color-scheme:dark){text{fill:#ddd}path{stroke:#ddd}}</style>
${parts.join('\n')}
</svg>
`;
}
