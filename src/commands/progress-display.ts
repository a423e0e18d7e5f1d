import { printable } from '../input/printable.js';
import { waitForNothing } from './terminal.js';
import type { ExamStep } from '../admin/examiner.js';
import type { CheckResult } from '../exam/result.js';
import type { Surroundings } from './surroundings.js';
import type { Terminal } from './terminal.js';

/** Width of the bar, in characters. */
const barWidth = 24;

/** Width of the column with the verdict: that of `not-applicable`. */
const verdictWidth = 14;

/** Goes to the start of the line, and clears it. */
const fresh = '\r\u001b[2K';

/** Shows how far an exam is. */
export interface ProgressDisplay {
  readonly show: (step: ExamStep) => void;
  /** Writes a line of the application to standard error, without damage to the bar. */
  readonly tell: (line: string) => void;
  /** Removes the bar. */
  readonly end: () => void;
}

/** A bar on one line of a terminal; elsewhere a line for each check. */
export function progressDisplay({ isTerminal, terminal, out, err }: Surroundings): ProgressDisplay {
  return isTerminal && terminal !== undefined ? barOn(terminal, err) : linesTo(out, err);
}

function linesTo(out: (line: string) => void, err: (line: string) => void): ProgressDisplay {
  let told = 0;
  return {
    show({ done, ended }) {
      if (ended !== undefined && done > told) out(lineOf(ended));
      told = done;
    },
    tell: err,
    end: () => undefined,
  };
}

function lineOf({ verdict, id, title, explanation }: CheckResult): string {
  return printable(`${verdict.padEnd(verdictWidth)}  ${id}  ${verdict === 'passed' ? title : explanation}`);
}

function barOn(terminal: Terminal, err: (line: string) => void): ProgressDisplay {
  let isWriting = false;
  let bar = '';
  waitForNothing(terminal);
  // a terminal that is stopped misses steps of the bar, and does not stop the exam
  const draw = (): void => {
    if (isWriting) return;
    isWriting = true;
    terminal.write(fresh + bar, () => {
      isWriting = false;
    });
  };
  return {
    show({ done, total, next }) {
      bar = barOf(done, total, next);
      draw();
    },
    tell(line) {
      err(bar === '' ? line : fresh + line);
      draw();
    },
    end() {
      terminal.write(fresh, () => undefined);
    },
  };
}

/** At most 79 columns for the longest ids: a line that wraps cannot be cleared. */
function barOf(done: number, total: number, next: ExamStep['next']): string {
  const full = Math.round((barWidth * done) / total);
  const which = next === undefined ? '' : `  ${next.group}  ${next.id}`;
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${done}/${total}${which}`.slice(0, 79);
}
