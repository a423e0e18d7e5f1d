import { ReportQuery } from '../../admin/schemas/findings.js';
import { argumentsOf, defineTool, inWorld } from '../tool.js';

/** The tool that judges the client. */
export const findingTools = [
  defineTool({
    name: 'report_findings',
    title: 'Report the findings',
    description:
      'Judges the application by what it did in a world: each finding says what is wrong, which section of which RFC ' +
      'it breaks, what to change, and which requests prove it. No finding and no request means that nothing was ' +
      'tested.',
    effect: 'reads',
    input: argumentsOf({ ...inWorld, severity: ReportQuery.properties.severity }),
    run: ({ world, ...options }, { understudy }) => understudy.world(world).findings(options),
  }),
];
