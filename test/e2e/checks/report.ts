import type { RequirementId } from '../../acceptance/requirements.ts';

/** Runs checks one after the other, and tells of each as it ends. */
export interface Report {
  /** Throwing is failing. What it returns is given back, `undefined` where it failed. */
  check<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  /** `requirement`: the id, of test/acceptance/requirements.ts, that the checks of the section prove. */
  section(title: string, proof?: { readonly requirement: RequirementId }): void;
  readonly passed: number;
  readonly failed: number;
}

export function createReport(): Report {
  let passed = 0;
  let failed = 0;
  return {
    async check(name, work) {
      try {
        const result = await work();
        passed += 1;
        console.log(`  ✓ ${name}`);
        return result;
      } catch (error) {
        failed += 1;
        console.log(`  ✗ ${name}\n${indent(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
        return undefined;
      }
    },
    section(title, proof) {
      console.log(`\n${title}${proof === undefined ? '' : `  [${proof.requirement}]`}`);
    },
    get passed() {
      return passed;
    },
    get failed() {
      return failed;
    },
  };
}

function indent(text: string): string {
  return text.replace(/^/gm, '      ');
}
