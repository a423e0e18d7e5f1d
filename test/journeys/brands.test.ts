// Clients that know the URLs of well-known providers, unmodified: arctic, google-auth-library, simple-oauth2.
import { testProgram } from './brands/run.js';
import { rowsOfPrograms } from './brands/rows.js';

for (const [name, rows] of Object.entries(rowsOfPrograms)) testProgram(`test/journeys/brands/${name}.ts`, rows);
