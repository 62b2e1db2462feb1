import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/**
 * Runs in the reader's browser. The token of the task is in the address after `#`: browsers send that part to nobody,
 * so it stands in no log, and a mail filter that only opens links answers nothing. It is taken out of the address at
 * once, and leaves the page only in the body of the answer.
 */
export const PAGE_SCRIPT = `
const SAID = {
  approved: 'Approved. The workflow goes on. You can close this page.',
  refused: 'Refused. The workflow stops. You can close this page.',
  'not-waiting': 'Nothing waits for this answer any more: it was answered before, took too long, or was stopped.',
};
const said = document.getElementById('said');
const buttons = ['approve', 'refuse'].map((id) => document.getElementById(id));
const enable = (enabled) => buttons.forEach((button) => { button.disabled = !enabled; });
let token = '';
try {
  token = decodeURIComponent(location.hash.slice(1));
} catch {}
history.replaceState(null, '', location.pathname);
async function answer(decision) {
  enable(false);
  said.textContent = 'Sending your answer.';
  let outcome;
  try {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ token, decision });
    const response = await fetch(location.pathname, { method: 'POST', headers, body, credentials: 'omit' });
    outcome = (await response.json()).outcome;
  } catch {}
  said.textContent = SAID[outcome] ?? 'The answer did not arrive. Try again.';
  enable(SAID[outcome] === undefined);
}
for (const button of buttons) button.addEventListener('click', () => answer(button.id));
enable(token !== '');
said.textContent = token === '' ? 'Open the whole link of the message again: a part of it is missing here.' : '';
`;

const PAGE_STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
button { font: inherit; padding: 0.5rem 1.5rem; margin-right: 1rem; }
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A workflow waits for an answer</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>A workflow waits for an answer</h1>
<p>The message that brought you here says which workflow it is and what it asks. This page does not know it: answer only what you have read there.</p>
<p><button id="approve" disabled>Approve</button><button id="refuse" disabled>Refuse</button></p>
<p id="said" role="status">This page needs JavaScript.</p>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;

/** Nothing but the page's own style and script runs, it talks to nobody but its own server, and stands in no frame. */
const POLICY = [
  "default-src 'none'",
  `script-src '${hashSource(PAGE_SCRIPT)}'`,
  `style-src '${hashSource(PAGE_STYLE)}'`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What every answer of the function carries. */
export const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

/** The page on which a person answers an approval: always the same bytes, whatever the link. */
export function approvalPage(): APIGatewayProxyStructuredResultV2 {
  const headers = {
    ...SECURITY_HEADERS,
    'content-security-policy': POLICY,
    'content-type': 'text/html; charset=utf-8',
  };
  return { statusCode: 200, headers, body: PAGE };
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashSource(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
