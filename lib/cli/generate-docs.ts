import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadCatalog } from '../catalog/load-catalog.ts';
import { diagnosticsPage } from '../diagnostics/diagnostics-page.ts';
import { editorSchema } from '../language/editor-schema.ts';
import { compileRegistry } from '../registry/compile-registry.ts';
import { locations } from './locations.ts';
import { workflowPage } from './workflow-page.ts';

const docs = resolve(__dirname, '../../docs');

/** Writes the pages of `docs/` that are made from the code and the registry. */
writeFileSync(resolve(docs, 'diagnostics.md'), diagnosticsPage());
writeFileSync(resolve(docs, 'workflow.schema.json'), `${JSON.stringify(editorSchema(), undefined, 2)}\n`);
rmSync(resolve(docs, 'workflows'), { recursive: true, force: true });
mkdirSync(resolve(docs, 'workflows'));
for (const bytecode of compileRegistry(locations.registry, loadCatalog()).bytecodes) {
  writeFileSync(resolve(docs, 'workflows', `${bytecode.workflow_id}.md`), workflowPage(bytecode));
}
