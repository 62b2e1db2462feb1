/** What became of the state machine that makes a plan. `output` is what it gave, not checked yet. */
export type PlanRun =
  | { readonly outcome: 'planned'; readonly output: unknown }
  | { readonly outcome: 'failed'; readonly error: string; readonly cause: string };
