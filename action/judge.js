import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folder, output, summarize } from './job.js';

/**
 * Lets `make` write a Markdown and a SARIF report; it returns an exit code. The summary gets the one, both become outputs. A report
 * that was not written is left out: a mistake in the options is told by the command itself.
 */
export async function judge(name, make) {
  const files = { markdown: join(folder, `${name}.md`), sarif: join(folder, `${name}.sarif`) };
  for (const file of Object.values(files)) rmSync(file, { force: true });
  const code = await make(files);
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
