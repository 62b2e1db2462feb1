import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnosticsPage } from '../diagnostics/diagnostics-page.ts';
import { editorSchema } from '../language/editor-schema.ts';

const docs = resolve(__dirname, '../../docs');

/** Writes the pages of `docs/` that are made from tables in the code. */
writeFileSync(resolve(docs, 'diagnostics.md'), diagnosticsPage());
writeFileSync(resolve(docs, 'workflow.schema.json'), `${JSON.stringify(editorSchema(), undefined, 2)}\n`);
