#!/usr/bin/env node
// Node runs this file as it is; tsx lets the rest stay TypeScript, without a build step.
import 'tsx';

await import('./workflow.ts');
