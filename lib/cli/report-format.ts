/** `human` for a terminal, `json` for programs, `sarif` for code scanning. */
export const FORMATS = ['human', 'json', 'sarif'] as const;

export type ReportFormat = (typeof FORMATS)[number];
