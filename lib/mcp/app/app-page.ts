import { APP_SCRIPT } from './app-script.ts';
import { APP_STYLE } from './app-style.ts';

/**
 * The page that shows a run as a picture of its steps: one HTML text that loads nothing. What it shows comes from its
 * host through `postMessage`, and is written as text, never as HTML.
 */
export function appPage(): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // A host sets a policy of its own; this one holds wherever the page is opened.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">`,
    `<title>Steps of a workflow</title><style>${APP_STYLE}</style></head>`,
    '<body><main><h1 id="title">Steps of a workflow</h1><p id="state" role="status">Waiting for the run…</p>',
    '<ol id="steps" aria-label="Steps, in order"></ol>',
    '<p id="detail" aria-live="polite"></p><button id="refresh" type="button" hidden>Refresh</button></main>',
    `<script>${APP_SCRIPT}</script></body></html>`,
  ].join('\n');
}
