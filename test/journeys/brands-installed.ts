// `npm run test:brands`: the clients of the folder `brands`, which are made for one provider each. They are no part of `npm test`,
// because they bring 140 packages.
import { testProgram } from './brands/run.js';
import { rowsOfInstalled } from './brands/rows.js';

for (const [name, rows] of Object.entries(rowsOfInstalled)) testProgram(`brands/${name}.js`, rows);
