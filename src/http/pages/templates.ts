import { join } from 'node:path';
import { Eta } from 'eta';
import { packageFolder } from '../../package.js';

/** The folder of the templates of all pages. */
export const templateFolder = join(packageFolder, 'views');

/** Renders the pages of the providers and of the panel. A template is compiled once. */
export const templates = new Eta({ views: templateFolder, cache: true });
