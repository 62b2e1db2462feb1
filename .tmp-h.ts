import { loadCatalog } from './lib/catalog/load-catalog.ts';
import { readFileSync } from 'node:fs';
import { SERVICES } from './lib/catalog/generate/services.ts';
const c=loadCatalog();
for (const {name,package:p} of SERVICES){const v=c.service(name)!; 
 for(const o of v.operations){
  const op=v.operation(o)!;
  const t=readFileSync(`lib/catalog/generate/node_modules/${p}/dist-types/commands/${o}Command.d.ts`,'utf8').split('@example')[0]!;
  const acts=[...new Set([...t.matchAll(/\b([a-z0-9-]{2,30}):([A-Z]\w{3,60})\b/g)].map(m=>`${m[1]}:${m[2]}`).filter(a=>c.iamAction(a)))];
  if(op.iamActions.length===0 && name!=='apigateway'&&name!=='apigatewayv2'){ if(acts.length)console.log('UNMAPPED',name,o,acts.join(' '));}
  else { const own=new Set(op.iamActions); if(process.argv[2] && acts.some(a=>!own.has(a)) ) console.log(name,o,'own',[...own].join(' '),'DOC',acts.filter(a=>!own.has(a)).join(' ')); }
 }}
