import { readText } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { world } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { download } from '../../parts/download.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { reportFiles, reportPath } from './report-query.js';
import type { JSX } from 'preact';
import type { ReportRequest } from './report-query.js';

/** Saves the whole report as a file, with the suppressions. The filters of the view do not change it. */
export function ExportButtons({ request }: { readonly request: ReportRequest }): JSX.Element {
  const save = useAction(async (file: (typeof reportFiles)[number]) => {
    const text = await readText(reportPath({ ...request, format: file.format }));
    const of = request.isOnAllWorlds ? 'all-worlds' : world.value;
    download(`findings-${of}.${file.extension}`, text, file.mediaType);
  });
  return (
    <>
      <span class="quiet small">Export as</span>
      {reportFiles.map((file) => (
        <Button
          key={file.format}
          isBusy={save.isBusy}
          title={`Save the whole report as ${file.title}`}
          onClick={() => {
            save.run(file);
          }}
        >
          {file.title}
        </Button>
      ))}
      <ProblemNote problem={save.problem} />
    </>
  );
}
