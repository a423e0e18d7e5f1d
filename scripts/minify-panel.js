// Makes the script of the panel 3 % smaller, compressed, than esbuild alone. It takes a second, so only `npm run build`
// does it.
import { readFileSync, writeFileSync } from 'node:fs';
import { minify } from 'terser';

const file = 'dist/panel/panel.js';
const compress = {
  passes: 3,
  lhs_constants: false,
  unsafe_arrows: true,
  inline: 1,
  keep_fargs: false,
};
const { code } = await minify(readFileSync(file, 'utf8'), { module: true, ecma: 2022, compress });
writeFileSync(file, code);
