import { useRef } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { useJournalVersion } from '../../journal/use-journal-version.js';
import type { AllReports, Report } from '../../../client/index.js';
import type { Data } from '../../api/use-data.js';

/** Least time between two reports, in milliseconds. */
const leastPauseMs = 1000;
/** Time after which a report is read without a change of the journal: expectations of tests change it as well. */
const everyMs = 10_000;
/** The report of a large journal takes long. The server judges for a quarter of the time at most. */
const pauseFactor = 3;

/** Reads the report again when the journal changed. */
export function useReport(path: string): Data<Report | AllReports> {
  const tookMs = useRef(0);
  const revision = useJournalVersion(() => Math.max(leastPauseMs, tookMs.current * pauseFactor));
  const load = async (): Promise<Report | AllReports> => {
    const begun = performance.now();
    try {
      return await call<Report | AllReports>('GET', path);
    } finally {
      tookMs.current = performance.now() - begun;
    }
  };
  return useData(load, [path], everyMs, revision);
}
