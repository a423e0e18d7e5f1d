import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folder, output, summarize } from './job.js';

/**
 * Publishes the Markdown and the SARIF report of a command: both files as outputs, the Markdown in the summary. `write` gets the paths
 * of the files, runs the command, and returns its exit code, which is returned here too. A report that was not written is left out: the
 * command has said what is wrong with its options.
 */
export async function publishReports(name, write) {
  const files = { markdown: join(folder, `${name}.md`), sarif: join(folder, `${name}.sarif`) };
  for (const file of Object.values(files)) rmSync(file, { force: true });
  const code = await write(files);
  for (const [format, file] of Object.entries(files)) {
    const text = written(file);
    if (text === '') continue;
    output(format, file);
    if (format === 'markdown') summarize(text);
  }
  return code;
}

function written(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return '';
  }
}
