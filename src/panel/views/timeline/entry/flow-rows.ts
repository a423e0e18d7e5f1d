import { rows, version } from '../../../journal/store.js';
import type { Row } from '../../../journal/row.js';

/** The rows of a flow, oldest first. A component that asks for them is drawn again when rows arrive. */
export const rowsOfFlow = (flow: string | undefined): readonly Row[] =>
  flow === undefined || version.value === 0 ? [] : rows.list.filter((row) => row.flow === flow);
