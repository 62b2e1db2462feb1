/** Runs checks one after the other, and tells of each as it ends. */
export interface Report {
  /** Throwing is failing. What it returns is given back, `undefined` where it failed. */
  check<T>(name: string, work: () => Promise<T>): Promise<T | undefined>;
  section(title: string): void;
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
    section(title) {
      console.log(`\n${title}`);
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
