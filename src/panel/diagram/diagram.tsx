import { headSize, layoutOf, lineHeight, markWidth } from './layout.js';
import { names } from './steps.js';
import type { JSX } from 'preact';
import type { LifelineAt, Placed, Room } from './layout.js';
import type { Arrow, DiagramStep } from './steps.js';

/** Half the width of a bar, and the length of the head of an arrow, in pixels. */
const [barHalf, tip] = [5, 8];

/** What a diagram shows. */
export interface DiagramProps {
  readonly steps: readonly DiagramStep[];
  readonly title: string;
  readonly room: Room;
  /** The ids of the entries whose steps are marked. */
  readonly marked: readonly number[];
  /** What a click on a step of an entry does. The list below the diagram has links for it. */
  readonly onStep?: (entry: number) => void;
}

/** A sequence diagram as SVG. */
export function Diagram({ steps, title, room, marked, onStep }: DiagramProps): JSX.Element {
  const { width, height, lines, placed, bars, from, to } = layoutOf(steps, room);
  return (
    <svg
      class={onStep === undefined ? 'diagram' : 'diagram clickable'}
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <title>{title}</title>
      {lines.map(({ party, x }) => (
        <line key={party} class="lifeline" x1={x} x2={x} y1={from} y2={to} />
      ))}
      {bars.map(({ x, y, height: tall }) => (
        <rect key={y} class="bar" x={x - barHalf} y={y} width={barHalf * 2} height={tall} rx="2" />
      ))}
      {lines.map((line) => (
        <Head key={line.party} line={line} y={from - headSize.height} />
      ))}
      {lines.map((line) => (
        <Head key={line.party} line={line} y={to} />
      ))}
      {placed.map((each, i) => (
        <StepAt key={i} placed={each} {...{ width, marked, onStep }} />
      ))}
    </svg>
  );
}

function Head({ line: { party, x }, y }: { readonly line: LifelineAt; readonly y: number }): JSX.Element {
  return (
    <g class="head">
      <rect x={x - headSize.width / 2} y={y} width={headSize.width} height={headSize.height} rx="6" />
      <text x={x} y={y + headSize.height / 2}>
        {names[party]}
      </text>
    </g>
  );
}

interface StepProps {
  readonly placed: Placed;
  readonly width: number;
  readonly marked: readonly number[];
  readonly onStep: ((entry: number) => void) | undefined;
}

function StepAt({ placed, width, marked, onStep }: StepProps): JSX.Element {
  const { step, top, height } = placed;
  if (step.kind === 'pause') return <PauseAt placed={placed} width={width} />;
  const isAnswer = step.kind === 'arrow' && step.isAnswer;
  return (
    <g
      class={`step ${step.outcome} ${isAnswer ? 'answer' : ''} ${marked.includes(step.entry) ? 'marked' : ''}`}
      onClick={() => {
        onStep?.(step.entry);
      }}
    >
      <title>
        {step.label} (entry {step.entry})
      </title>
      <rect class="row-hit" x="0" y={top} width={width} height={height} />
      {step.kind === 'arrow' ? <ArrowAt placed={placed} arrow={step} /> : <MarkAt placed={placed} />}
    </g>
  );
}

function ArrowAt({ placed, arrow }: { readonly placed: Placed; readonly arrow: Arrow }): JSX.Element {
  const { x, end, y, lines, labelX, time } = placed;
  const forward = end > x ? 1 : -1;
  // arrows begin and end beside the bars
  const [begin, target] = [x + forward * barHalf, end - forward * (arrow.isLost ? 0 : barHalf)];
  const cross = `M${target - 6} ${y - 6}L${target + 6} ${y + 6}M${target - 6} ${y + 6}L${target + 6} ${y - 6}`;
  const head = `M${target} ${y}L${target - forward * tip} ${y - 5}V${y + 5}Z`;
  return (
    <>
      {time === undefined ? null : (
        <>
          <text class="time" x="8" y={y - 10}>
            #{arrow.entry}
          </text>
          <text class="time" x="8" y={y + 4}>
            {time}
          </text>
        </>
      )}
      <path class="arrow-line" d={`M${begin} ${y}H${arrow.isLost ? target : target - forward * tip}`} />
      <path class={arrow.isLost ? 'cross' : 'tip'} d={arrow.isLost ? cross : head} />
      <Label x={labelX} y={y - 8 - (lines.length - 1) * lineHeight} lines={lines} />
    </>
  );
}

function MarkAt({ placed: { x, y, lines, height } }: { readonly placed: Placed }): JSX.Element {
  const width = markWidth(lines);
  const tall = height - 10;
  const first = y + 4 - ((lines.length - 1) * lineHeight) / 2;
  return (
    <>
      <rect class="box" x={x - width / 2} y={y - tall / 2} width={width} height={tall} rx="4" />
      <Label x={x} y={first} lines={lines} />
    </>
  );
}

/** A text in lines, centred. `y` is the base of the first line. */
function Label({
  x,
  y,
  lines,
}: {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}): JSX.Element {
  return (
    <>
      {lines.map((line, i) => (
        <text key={i} class="label" x={x} y={y + i * lineHeight}>
          {line}
        </text>
      ))}
    </>
  );
}

function PauseAt({ placed: { x, y, lines }, width }: { readonly placed: Placed; readonly width: number }): JSX.Element {
  return (
    <g class="pause">
      <line class="rule" x1="8" x2={width - 8} y1={y} y2={y} />
      <text class="label" x={x} y={y + 4}>
        {lines[0]}
      </text>
    </g>
  );
}
